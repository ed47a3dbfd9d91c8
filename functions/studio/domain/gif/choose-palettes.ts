import { choosePalette, errorOf } from './choose-palette.ts';
import { colourParts, Histogram } from './histogram.ts';
import { PaletteMap } from './palette-map.ts';

/** Pixels that are looked at; more change the colours little. */
const mostSamples = 600_000;
/** Of a frame, to see whether the scene changes. */
const sceneSamples = 2000;
/** Scenes differ when this share of their pixels has other colours. */
const otherScene = 0.6;
/** Colours of its own are worth their bytes when they take this much off the error, and the error can be seen (39 dB). */
const worthwhile = 1.35;
const visible = 8;
/** Bits of a channel by which colours are told apart at first, and when there are few of them. */
const fineness = [5, 6, 8];
/** Times as many colours as a palette has, to choose well. */
const enoughToChoose = 2;

/** Frames in a row that are drawn in the same colours. */
export interface Scene {
  /** Indices of its first frame and of the one after its last. */
  readonly first: number;
  readonly end: number;
  readonly palette: PaletteMap;
}

/**
 * Colours for frames in a row: the ones that are in use, if they do; one palette for all of them; or one for each scene where that looks better.
 * @param frames RGBA
 */
export function choosePalettes(
  frames: readonly Uint8Array[],
  width: number,
  most: number,
  inUse: PaletteMap | undefined,
): Scene[] {
  const pixels = frames.reduce((sum, frame) => sum + frame.length / 4, 0);
  const stride = strideFor(pixels, mostSamples, width);
  const cuts = sceneCuts(frames, width);
  const scenes = cuts.map((first, at) => ({ first, end: cuts[at + 1] ?? frames.length }));
  const common = inUse ?? new PaletteMap(choosePalette(coloursIn(frames, stride, most), most));
  if (inUse === undefined && scenes.length === 1) {
    return [{ first: 0, end: frames.length, palette: common }];
  }
  return scenes.map(({ first, end }) => {
    const colours = coloursIn(frames.slice(first, end), stride, most);
    const own = new PaletteMap(choosePalette(colours, most));
    const error = errorOf(common.table, colours);
    const isBetter = error > visible && error > worthwhile * errorOf(own.table, colours);
    return { first, end, palette: isBetter ? own : common };
  });
}

/** The colours of frames; told apart the more finely the fewer they are, so that a few hundred are all kept. */
function coloursIn(frames: readonly Uint8Array[], stride: number, most: number): Float64Array {
  let colours: Float64Array = new Float64Array();
  for (const bits of fineness) {
    const histogram = new Histogram(bits);
    for (const frame of frames) {
      histogram.add(frame, bits === 8 ? 1 : stride);
    }
    colours = histogram.colours();
    if (colours.length / colourParts > most * enoughToChoose) {
      break;
    }
  }
  return colours;
}

/** Where scenes begin: the first frame, and every one that is quite another picture than the one before. */
function sceneCuts(frames: readonly Uint8Array[], width: number): number[] {
  const cuts = [0];
  let before: Uint16Array | undefined;
  for (const [index, frame] of frames.entries()) {
    const stride = strideFor(frame.length / 4, sceneSamples, width);
    const counts = new Uint16Array(512);
    let samples = 0;
    for (let at = 0; at < frame.length; at += 4 * stride) {
      const bin =
        (((frame[at] ?? 0) >> 5) << 6) | (((frame[at + 1] ?? 0) >> 5) << 3) | ((frame[at + 2] ?? 0) >> 5);
      counts[bin] = (counts[bin] ?? 0) + 1;
      samples += 1;
    }
    if (before !== undefined) {
      let other = 0;
      for (let bin = 0; bin < counts.length; bin += 1) {
        other += Math.abs((counts[bin] ?? 0) - (before[bin] ?? 0));
      }
      if (other / 2 > samples * otherScene) {
        cuts.push(index);
      }
    }
    before = counts;
  }
  return cuts;
}

/** How many pixels to go on, so that about as many samples are taken and no column is always skipped. */
function strideFor(pixels: number, samples: number, width: number): number {
  let stride = Math.max(1, Math.floor(pixels / samples));
  while (stride > 1 && width % stride === 0) {
    stride += 1;
  }
  return stride;
}
