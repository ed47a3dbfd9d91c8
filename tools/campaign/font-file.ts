import { create } from 'fontkit';
import { describeTypeface } from '../../functions/kernel/drawing/typeface.ts';

/** What a campaign's author should know about a font file. */
export interface FontFile {
  /** The names under which its family goes: with and without the style. */
  readonly families: readonly string[];
  /** Code points that it draws. */
  readonly characters: ReadonlySet<number>;
  /** The weights that a variable font can take. */
  readonly weights: { readonly min: number; readonly max: number } | undefined;
}

/** Emoji fonts have glyphs for digits, # and *, but only as parts of keycaps: alone they are blank. */
const keycapParts = 0x80;
/** Ends the list of characters in some tables; not a character itself. */
const endOfList = 0xffff;

/** Reads a TTF or OTF file. Throws, with the reason, for anything else. */
export function readFontFile(bytes: Uint8Array): FontFile {
  const { coloured } = describeTypeface(bytes);
  const font = create(Buffer.from(bytes));
  if (!('characterSet' in font)) {
    throw new Error('This is a collection of fonts');
  }
  const characters = font.characterSet.filter(
    (codePoint) => codePoint >= 0x20 && codePoint !== endOfList && (!coloured || codePoint >= keycapParts),
  );
  const weight = font.variationAxes['wght'];
  return {
    families: [...new Set([font.familyName, nameOf(font, 'preferredFamily')])].filter((name) => name !== ''),
    characters: new Set(characters),
    weights: weight && { min: weight.min, max: weight.max },
  };
}

function nameOf(font: object, id: string): string {
  const records: unknown = 'name' in font ? font.name : undefined;
  const found = at(at(at(records, 'records'), id), 'en');
  return typeof found === 'string' ? found : '';
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
