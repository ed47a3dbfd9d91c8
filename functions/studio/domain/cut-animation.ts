import type { PixelBox, PixelSize } from './plan.ts';

/** One frame of an animation, as far as it matters to those that come after. */
export interface CutFrame {
  readonly box: PixelBox;
  /** Whether its box is cleared when its time is over. */
  readonly isClearedAfter: boolean;
  /** Whether what is there after it is known from what it shows: a part may end with it. */
  readonly canEnd: boolean;
}

/** An animation of which parts can be decoded by themselves: each shows what its frames draw, on nothing. */
export interface CutAnimation {
  readonly frames: readonly CutFrame[];
  /** Frames that come before those of the part, in each. */
  readonly leading: number;
  /** The file of some of its frames. */
  cut(first: number, last: number): Uint8Array;
}

/** What an animation shows when its frame `before` is about to be drawn: from there it can be decoded on. */
export interface Restart {
  readonly before: number;
  /** RGBA of the whole, a pixel a word. */
  readonly pixels: Uint32Array;
}

/**
 * What frames of a part show on top of what was there before the part, and from where to go on.
 *
 * @param shown RGBA of the frames from `first` to `last`, one after the other, as the part alone shows them; is changed to what the whole shows
 * @param from before which the part begins; undefined for the beginning of the whole
 */
export function completeFrames(
  { frames }: CutAnimation,
  { width, height }: PixelSize,
  { first, last, shown }: { readonly first: number; readonly last: number; readonly shown: Uint32Array },
  from: Restart | undefined,
): Restart | undefined {
  const count = width * height;
  // Its own: what is cleared in it is not cleared for others.
  const ground = from?.pixels.slice();
  for (let index = from?.before ?? 0; index <= last; index += 1) {
    if (index >= first && ground !== undefined) {
      drawOver(ground, shown, (index - first) * count);
    }
    const frame = frames[index];
    if (ground !== undefined && frame?.isClearedAfter === true) {
      clear(ground, frame.box, width, height);
    }
  }
  const end = frames[last];
  if (end?.canEnd !== true) {
    return undefined;
  }
  const pixels = shown.slice((last - first) * count, (last - first + 1) * count);
  if (end.isClearedAfter) {
    clear(pixels, end.box, width, height);
  }
  return { before: last + 1, pixels };
}

/** The frame at `start` over the ground: pixels of animations are there or not. */
function drawOver(ground: Uint32Array, shown: Uint32Array, start: number): void {
  for (let at = 0; at < ground.length; at += 1) {
    if ((shown[start + at] ?? 0) >>> 24 === 0) {
      shown[start + at] = ground[at] ?? 0;
    }
  }
}

function clear(pixels: Uint32Array, box: PixelBox, width: number, height: number): void {
  const right = Math.min(width, box.left + box.width);
  for (let y = box.top; y < Math.min(height, box.top + box.height); y += 1) {
    pixels.fill(0, y * width + Math.min(box.left, width), y * width + right);
  }
}
