import { nameTable } from './name-table.ts';
import { readTable, replaceTable } from './sfnt.ts';

/** What drawing needs to know about a font file. */
export interface Typeface {
  /** Height of the capitals, in ems. */
  readonly capHeight: number;
  /** Whether its glyphs are pictures (emoji) rather than shapes. */
  readonly coloured: boolean;
}

/** Between the faces that say nothing about their capitals, seven tenths is the rule. */
const usualCapHeight = 0.7;

export function describeTypeface(font: Uint8Array): Typeface {
  const coloured = ['CBDT', 'COLR', 'sbix', 'SVG '].some((tag) => readTable(font, tag) !== undefined);
  const head = readTable(font, 'head');
  const os2 = readTable(font, 'OS/2');
  if (head === undefined || head.length < 20) {
    throw new Error('The font has no head table');
  }
  const unitsPerEm = uint16(head, 18);
  const says = os2 !== undefined && os2.length >= 90 && uint16(os2, 0) >= 2;
  const capHeight = says ? uint16(os2, 88) / unitsPerEm : 0;
  return { capHeight: capHeight > 0.2 && capHeight < 1.5 ? capHeight : usualCapHeight, coloured };
}

/**
 * The same font under another family name. Drawing gives every file a name of its own, because the text engine finds fonts by name in
 * one list for the whole process: two campaigns, or two versions of one, may ship different files under one name.
 */
export function renameTypeface(font: Uint8Array, family: string): Uint8Array {
  return replaceTable(font, 'name', nameTable(family, readTable(font, 'name')));
}

function uint16(table: Uint8Array, at: number): number {
  return ((table[at] ?? 0) << 8) | (table[at + 1] ?? 0);
}
