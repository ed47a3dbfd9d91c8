import type { PlacedPicture } from '../../../kernel/drawing/paint-text.ts';
import { i420Shares } from './rgba-to-i420.ts';

/** I420, BT.709, limited range, of even sides, without gaps. */
export interface Planes {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A picture that is ready to be drawn on planes at its place: even sides at an even place, inside of them. */
export interface PlaneLayer {
  readonly left: number;
  readonly top: number;
  readonly luma: Channel;
  readonly cb: Channel;
  readonly cr: Channel;
}

interface Channel {
  readonly width: number;
  readonly height: number;
  /** How much of what is under it is left: 0 to 255. */
  readonly left: Uint8Array;
  /** What is added to that; in 255ths, with the half that rounds them. */
  readonly added: Uint16Array;
}

/**
 * Converts a picture once, to be drawn on many frames: what it covers is mixed as it would be in RGB and converted after, but that chroma has a quarter of the
 * pixels. Undefined when nothing of it is inside.
 */
export function planeLayer(
  { picture, left, top }: PlacedPicture,
  size: { readonly width: number; readonly height: number },
): PlaneLayer | undefined {
  const fromX = Math.max(0, left - (left & 1));
  const fromY = Math.max(0, top - (top & 1));
  const width = even(Math.min(size.width, left + picture.width) - fromX);
  const height = even(Math.min(size.height, top + picture.height) - fromY);
  if (width <= 0 || height <= 0) {
    return undefined;
  }
  const luma = channelOf(width, height);
  const cb = channelOf(width / 2, height / 2);
  const cr = channelOf(width / 2, height / 2);
  const sums = new Float64Array((width / 2) * (height / 2) * 4);
  const { data, channels } = picture;
  const [lumaRed, lumaGreen, lumaBlue] = i420Shares.luma;
  for (let y = Math.max(fromY, top); y < Math.min(fromY + height, top + picture.height); y += 1) {
    for (let x = Math.max(fromX, left); x < Math.min(fromX + width, left + picture.width); x += 1) {
      const from = ((y - top) * picture.width + x - left) * channels;
      const alpha = channels === 4 ? (data[from + 3] ?? 0) : 255;
      if (alpha > 0) {
        const [red, green, blue] = [data[from] ?? 0, data[from + 1] ?? 0, data[from + 2] ?? 0];
        const at = (y - fromY) * width + x - fromX;
        luma.left[at] = 255 - alpha;
        const light = 16 + (red * lumaRed + green * lumaGreen + blue * lumaBlue) / one;
        luma.added[at] = Math.round(light * alpha) + half;
        const sum = (((y - fromY) >> 1) * (width / 2) + ((x - fromX) >> 1)) * 4;
        sums[sum] = (sums[sum] ?? 0) + red * alpha;
        sums[sum + 1] = (sums[sum + 1] ?? 0) + green * alpha;
        sums[sum + 2] = (sums[sum + 2] ?? 0) + blue * alpha;
        sums[sum + 3] = (sums[sum + 3] ?? 0) + alpha;
      }
    }
  }
  for (const [channel, shares] of [
    [cb, i420Shares.cb],
    [cr, i420Shares.cr],
  ] as const) {
    mixChroma(channel, sums, shares);
  }
  return { left: fromX, top: fromY, luma, cb, cr };
}

/** Draws it in place. */
export function drawOnPlanes({ data, width, height }: Planes, { left, top, luma, cb, cr }: PlaneLayer): void {
  const cbStart = width * height;
  draw(data, top * width + left, width, luma);
  const chroma = (top / 2) * (width / 2) + left / 2;
  draw(data, cbStart + chroma, width / 2, cb);
  draw(data, cbStart + cbStart / 4 + chroma, width / 2, cr);
}

function draw(
  data: Uint8Array,
  start: number,
  stride: number,
  { width, height, left, added }: Channel,
): void {
  for (let y = 0, at = 0; y < height; y += 1) {
    let to = start + y * stride;
    for (let x = 0; x < width; x += 1, at += 1, to += 1) {
      const rest = left[at] ?? 255;
      if (rest < 255) {
        const sum = (data[to] ?? 0) * rest + (added[at] ?? 0);
        // A division by 255, rounded, for every sum there can be.
        data[to] = (sum + (sum >> 8)) >> 8;
      }
    }
  }
}

const one = 65_536;
const half = 128;

const even = (side: number): number => side + (side & 1);

function channelOf(width: number, height: number): Channel {
  return {
    width,
    height,
    left: new Uint8Array(width * height).fill(255),
    added: new Uint16Array(width * height),
  };
}

/** Of the sums of four pixels each, weighted with their alpha. */
function mixChroma(
  { left, added }: Channel,
  sums: Float64Array,
  [shareRed, shareGreen, shareBlue]: readonly [number, number, number],
): void {
  for (let at = 0, sum = 0; at < left.length; at += 1, sum += 4) {
    const alpha = (sums[sum + 3] ?? 0) / 4;
    const rest = Math.round(255 - alpha);
    left[at] = rest;
    // One share is of four pixels that are added, as they are where frames are converted.
    const colour =
      ((sums[sum] ?? 0) * shareRed + (sums[sum + 1] ?? 0) * shareGreen + (sums[sum + 2] ?? 0) * shareBlue) /
      (4 * one);
    added[at] = Math.max(0, Math.round(128 * (255 - rest) + colour)) + half;
  }
}
