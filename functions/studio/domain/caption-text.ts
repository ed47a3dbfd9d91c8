import { graphemes } from '../../kernel/drawing/graphemes.ts';
import { faultOf, isTower, type TextFault, withoutUnseen } from '../../kernel/drawing/written-text.ts';

const lineBreak = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;

/**
 * What is drawn for what a person wrote in a caption: composed, with `\n` for every kind of line break, a space for a tab, and nothing that nobody sees. What has
 * nothing else in it becomes a space, which draws nothing.
 */
export const normaliseCaption = (text: string): string =>
  withoutUnseen(text.replaceAll(lineBreak, '\n').replaceAll('\t', ' ')) || ' ';

const faults: Readonly<Record<TextFault['kind'], string>> = {
  malformed: 'is half a character',
  control: 'is a control character, which cannot be drawn',
  direction:
    'changes the direction of text unseen, so that it would look other than it reads; the direction follows from the script',
  'hidden-tag': 'is an invisible tag character',
};

/** Why a caption, already normalised, is not drawn whatever its font; undefined when it may be. */
export function refusalOfCaption(text: string): string | undefined {
  const fault = faultOf(text.replaceAll('\n', ' '));
  if (fault !== undefined) {
    return `${codePoint(fault.character)} ${faults[fault.kind]}: leave it out.`;
  }
  const tower = graphemes(text).find(isTower);
  return tower === undefined
    ? undefined
    : `“${tower}” has too many accents on top of one another: send plainer letters.`;
}

const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
