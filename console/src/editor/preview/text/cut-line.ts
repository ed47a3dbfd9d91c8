import { graphemes } from '../../../../../functions/kernel/drawing/graphemes.ts';
import type { Face } from './face.ts';

/** The smallest part of a line that is drawn in one go. */
export interface Cut {
  readonly text: string;
  readonly face: Face;
  /** Of a text whose letters depend on each other, the characters it is made of; undefined for one that stands by itself. */
  readonly characters: readonly string[] | undefined;
}

/** The face of a character: that of the first of the stack that has it. */
export type FaceOf = (character: string) => Face;

/** Letters that join, stack or change places. */
const shaping =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Would grow together, and does not in captions. */
const ligature = /f(?=[filjt])/gu;
const zeroWidthNonJoiner = '\u{200C}';

/** Whether letters of it join, stack or change places. */
export const isShaped = (text: string): boolean => shaping.test(text);

/** A line in the parts that it is drawn in, in the order in which it is written. */
export function cutLine(line: string, faceOf: FaceOf): Cut[] {
  const cuts: Cut[] = [];
  for (const { text, face } of runsOf(line, faceOf)) {
    if (face.coloured) {
      cuts.push(...graphemes(text).map((character) => ({ text: character, face, characters: undefined })));
    } else {
      for (const word of text.split(/(?<= )|(?= )/u)) {
        cuts.push(...cutWord(word, face));
      }
    }
  }
  return cuts;
}

function cutWord(word: string, face: Face): Cut[] {
  if (word !== ' ' && (face.hasContext || shaping.test(word))) {
    const text = face.hasContext ? word.replaceAll(ligature, `f${zeroWidthNonJoiner}`) : word;
    return [{ text, face, characters: graphemes(text) }];
  }
  return graphemes(word).map((text) => ({ text, face, characters: undefined }));
}

/** Parts in one face. */
function runsOf(line: string, faceOf: FaceOf): { text: string; face: Face }[] {
  const runs: { text: string; face: Face }[] = [];
  for (const character of graphemes(line)) {
    const last = runs.at(-1);
    // A space is of the word before it.
    const face =
      character === ' ' && last !== undefined && !last.face.coloured ? last.face : faceOf(character);
    if (last?.face === face) {
      last.text += character;
    } else {
      runs.push({ text: character, face });
    }
  }
  return runs;
}
