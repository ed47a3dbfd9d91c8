import { thresholdPattern } from '../painting/threshold-pattern.ts';
import { opaqueFrom } from './histogram.ts';
import type { PaletteMap } from './palette-map.ts';

/** Marks a colour that is there; 0 is nothing. */
const there = 0x1000000;

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A frame in the colours of a palette. */
export interface IndexedFrame {
  /** RGBA, as it was to be, and in which colours it is. */
  readonly pixels: Uint32Array;
  readonly palette: PaletteMap;
  readonly indices: Uint8Array;
  readonly mayStay: Uint8Array;
  /** What changes; undefined when nothing does. */
  readonly changed: Area | undefined;
}

export interface DrawingRules {
  readonly width: number;
  /** What was drawn before it: pixels that are as they were then have the same index. */
  readonly last: IndexedFrame | undefined;
  /** How much more squared error a colour may have to stay as it is. */
  readonly tolerance: number;
  readonly dither: boolean;
}

/**
 * Finds the palette's colours for a frame (RGBA) over what is shown already. Where that may stay, the index may be either the colour's or `transparent`.
 * @param shown pixel by pixel, as `show` leaves it
 */
export function drawIndices(
  pixels: Uint8Array,
  shown: Uint32Array,
  palette: PaletteMap,
  { width, last, tolerance, dither }: DrawingRules,
): IndexedFrame {
  const indices = new Uint8Array(shown.length);
  const mayStay = new Uint8Array(shown.length);
  const { colours } = palette;
  const words = wordsOf(pixels);
  const known = last?.palette === palette ? last : undefined;
  const [knownPixels, knownIndices] = [known?.pixels, known?.indices];
  const transparent = colours.length;
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let at = 0, x = 0, y = 0; at < shown.length; at += 1) {
    const before = shown[at] ?? 0;
    const word = words[at] ?? 0;
    if (word >>> 24 < opaqueFrom) {
      // What was there is gone already: whoever calls has cleared it.
      indices[at] = transparent;
    } else {
      const red = word & 0xff;
      const green = (word >>> 8) & 0xff;
      const blue = (word >>> 16) & 0xff;
      const index =
        knownPixels !== undefined && knownPixels[at] === word
          ? (knownIndices?.[at] ?? 0)
          : dither
            ? palette.mixedIndexOf(red, green, blue, ranks[((y & 7) << 3) | (x & 7)] ?? 0)
            : palette.indexOf(red, green, blue);
      const colour = (colours[index] ?? 0) | there;
      if (colour === before) {
        indices[at] = index;
        mayStay[at] = 1;
      } else if (
        before !== 0 &&
        tolerance > 0 &&
        distance(before, red, green, blue) <= distance(colour, red, green, blue) + tolerance
      ) {
        indices[at] = index;
        mayStay[at] = 1;
      } else {
        indices[at] = index;
        left = x < left ? x : left;
        right = x > right ? x : right;
        top = top === -1 ? y : top;
        bottom = y;
      }
    }
    x += 1;
    if (x === width) {
      x = 0;
      y += 1;
    }
  }
  const changed =
    bottom === -1 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
  return { pixels: words, palette, indices, mayStay, changed };
}

function areThere(words: Uint32Array): boolean {
  for (let at = 0; at < words.length; at += 1) {
    if ((words[at] ?? 0) >>> 24 < opaqueFrom) {
      return false;
    }
  }
  return true;
}

/** Pixel by pixel, alpha in the highest bits. */
function wordsOf(pixels: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = pixels.byteOffset % 4 === 0 ? pixels : new Uint8Array(pixels);
  return new Uint32Array(buffer, byteOffset, length / 4);
}

/** Notes what an image shows. */
export function show(
  shown: Uint32Array,
  width: number,
  image: Area & { readonly indices: Uint8Array },
  palette: PaletteMap,
): void {
  const transparent = palette.colours.length;
  for (let y = 0, at = 0; y < image.height; y += 1) {
    let to = (image.top + y) * width + image.left;
    for (let x = 0; x < image.width; x += 1, at += 1, to += 1) {
      const index = image.indices[at] ?? 0;
      if (index !== transparent) {
        shown[to] = (palette.colours[index] ?? 0) | there;
      }
    }
  }
}

/**
 * The smallest rectangle around what the next frame (RGBA) leaves open and what is shown once `last` is written; undefined when there is no such pixel.
 */
export function goneArea(
  pixels: Uint8Array,
  shown: Uint32Array,
  last: { readonly indices: Uint8Array; readonly transparent: number },
  width: number,
): Area | undefined {
  const words = wordsOf(pixels);
  if (areThere(words)) {
    return undefined;
  }
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let at = 0; at < shown.length; at += 1) {
    if ((words[at] ?? 0) >>> 24 < opaqueFrom && (shown[at] !== 0 || last.indices[at] !== last.transparent)) {
      const x = at % width;
      const y = (at - x) / width;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = top === -1 ? y : top;
      bottom = y;
    }
  }
  return bottom === -1 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function distance(colour: number, red: number, green: number, blue: number): number {
  const dr = ((colour >> 16) & 0xff) - red;
  const dg = ((colour >> 8) & 0xff) - green;
  const db = (colour & 0xff) - blue;
  return dr * dr + dg * dg + db * db;
}

/** Of the places of an 8 × 8 pattern, neighbours far apart. */
const ranks = Uint8Array.from(thresholdPattern, (threshold) => Math.floor((threshold + 0.5) * 64));
