import { nameTable } from './name-table.ts';
import { buildSfnt } from './sfnt.ts';

/**
 * The text engine answers only the inked part of what it draws, so where the baseline lies and how far the text advances is lost. A strut
 * brings it back: a character of a font of our own that inks a small tick high above and one far below the line, and nothing between.
 * With one at both ends of every line, each line's box can be read from the picture.
 */
export const strut = {
  family: 'FanfareStrut',
  /** Neutral in direction, so that it stays outside the text whichever way that runs. */
  character: '\u2588',
  /** In ems. The ticks are in the middle of the advance. */
  advance: 1,
  tickWidth: 0.06,
  /** Above the baseline: from here up to `top`. */
  topTick: 1.95,
  top: 2,
  /** Below the baseline: from `bottom` up to here. */
  bottomTick: -1.15,
  bottom: -1.2,
  ascent: 2.2,
  descent: 1.3,
} as const;

const unitsPerEm = 1000;
const units = (ems: number): number => Math.round(ems * unitsPerEm);

/** Fainter than this, of 255, is the soft edge of a tick. */
export const faintTick = 8;

/**
 * Where a line between struts begins in its drawing, of which only what is inked is kept: where it is read off the first tick, to a fraction of a pixel, and
 * where the engine draws it, which is a whole pixel. Who draws the same line without an engine needs both.
 */
export function strutOrigin(size: number): { readonly read: number; readonly drawn: number } {
  const left = (strut.advance / 2 - strut.tickWidth / 2) * size;
  const right = (strut.advance / 2 + strut.tickWidth / 2) * size;
  const cut = Math.floor(left);
  const seen = (covered: number): boolean => Math.round(covered * 255) > faintTick;
  const first = seen(Math.min(cut + 1, right) - left) ? 0 : 1;
  const last = (seen(right - Math.floor(right)) ? Math.floor(right) : Math.floor(right) - 1) - cut;
  return {
    read: (first + Math.max(first, last) + 1 + strut.advance * size) / 2,
    drawn: Math.round(strut.advance * size) - cut,
  };
}

/** The font file of the strut. */
export function strutFont(): Uint8Array {
  const left = units(strut.advance / 2 - strut.tickWidth / 2);
  const right = units(strut.advance / 2 + strut.tickWidth / 2);
  const glyph = glyphOf([
    [left, units(strut.topTick), right, units(strut.top)],
    [left, units(strut.bottom), right, units(strut.bottomTick)],
  ]);
  const bounds = [left, units(strut.bottom), right, units(strut.top)];
  const [ascent, descent] = [units(strut.ascent), units(strut.descent)];
  return buildSfnt({
    BASE: baseTable(),
    'OS/2': words([
      [4, units(strut.advance), 400, 5, 0],
      Array.from({ length: 11 }, () => 0),
      // PANOSE, Unicode ranges, vendor: unsaid.
      Array.from({ length: 15 }, () => 0),
      [
        0x40,
        strut.character.charCodeAt(0),
        strut.character.charCodeAt(0),
        ascent,
        -descent,
        0,
        ascent,
        descent,
      ],
      [0, 0, 0, 0, 0, 0, 0, 0x20, 0],
    ]),
    cmap: words([
      // One table: Windows, Unicode; format 4 with the strut's segment and the closing one.
      [0, 1, 3, 1, 0, 12],
      [4, 32, 0, 4, 4, 1, 0],
      [strut.character.charCodeAt(0), 0xffff, 0],
      [strut.character.charCodeAt(0), 0xffff],
      [1 - strut.character.charCodeAt(0), 1, 0, 0],
    ]),
    glyf: glyph,
    head: words([
      [1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 3, unitsPerEm],
      Array.from({ length: 8 }, () => 0),
      bounds,
      [0, 8, 2, 1, 0],
    ]),
    hhea: words([
      [1, 0, ascent, -descent, 0, units(strut.advance), left, left, right, 1, 0, 0],
      Array.from({ length: 5 }, () => 0),
      [2],
    ]),
    hmtx: words([[units(strut.advance), 0, units(strut.advance), left]]),
    loca: words([[0, 0, 0, 0, 0, glyph.length]]),
    maxp: words([[1, 0, 2, 8, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]]),
    name: nameTable(strut.family),
    post: words([[3, ...Array.from({ length: 15 }, () => 0)]]),
  });
}

/**
 * Where the lines of other scripts lie, in ems. A line that begins with such a script is set on its line, and so every font of it must say where that is: what
 * the text engine assumes from `ascent` and `descent`, which are made for the ticks, would tear strut and text apart. As in fonts for these scripts.
 */
const baselines = { hang: 0.6, icfb: -0.088, icft: 0.848, ideo: -0.12, idtp: 0.88, romn: 0 } as const;

/** Baselines of horizontal text for all scripts, as the BASE table writes them. */
function baseTable(): Uint8Array {
  const tags = Object.keys(baselines).map((tag) => Array.from(tag, (letter) => letter.charCodeAt(0)));
  const tagWords = tags.flatMap(([a = 0, b = 0, c = 0, d = 0]) => [(a << 8) | b, (c << 8) | d]);
  const coordinates = Object.values(baselines).map((ems) => [1, units(ems)]);
  const valuesAt = 4 + coordinates.length * 2;
  const script = words([
    [6, 0, 0],
    [coordinates.length - 1, coordinates.length],
    coordinates.map((_, index) => valuesAt + index * 4),
    ...coordinates,
  ]);
  const tagList = words([[tags.length], tagWords]);
  const [dflt, tagListAt] = [
    [0x4446, 0x4c54],
    [4, 4 + tagList.length],
  ];
  return concatenate([words([[1, 0, 8, 0], tagListAt]), tagList, words([[1, ...dflt, 8]]), script]);
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/** A simple glyph of rectangles, as the glyf table writes it: corners clockwise, each as words relative to the one before. */
function glyphOf(rectangles: readonly Rectangle[]): Uint8Array {
  const corners = rectangles.flatMap(([left, bottom, right, top]) => [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
  ]);
  const steps = (axis: 0 | 1): number[] =>
    corners.map((corner, index) => (corner[axis] ?? 0) - (corners[index - 1]?.[axis] ?? 0));
  const bounds = [
    Math.min(...rectangles.map(([left]) => left)),
    Math.min(...rectangles.map(([, bottom]) => bottom)),
    Math.max(...rectangles.map(([, , right]) => right)),
    Math.max(...rectangles.map(([, , , top]) => top)),
  ];
  const ends = rectangles.map((_, index) => index * 4 + 3);
  // All points lie on the outline: flag 1 each, two a word.
  const flags = Array.from({ length: corners.length / 2 }, () => 0x0101);
  return words([[rectangles.length], bounds, ends, [0], flags, steps(0), steps(1)]);
}

function words(parts: readonly (readonly number[])[]): Uint8Array {
  const flat = parts.flat();
  const view = new DataView(new ArrayBuffer(flat.length * 2));
  for (const [index, value] of flat.entries()) {
    view.setUint16(index * 2, value & 0xffff);
  }
  return new Uint8Array(view.buffer);
}
