import { withoutNeedlessAlpha } from '../../kernel/drawing/channels.ts';
import { encodeStill } from '../../kernel/sharp/encode-still.ts';
import { changedArea } from '../domain/changed-area.ts';
import { cropPicture } from '../domain/painting/crop-picture.ts';
import type { PixelBox } from '../domain/plan.ts';
import type { FrameEncoder } from '../domain/ports.ts';
import { type WebpFrame, webpAnimation } from '../domain/webp-animation.ts';

export interface WebpOptions {
  readonly width: number;
  readonly height: number;
  /** How often it is played in all; 0 for ever. */
  readonly loop: number;
  /** 1 to 100. */
  readonly quality: number;
}

/** Frames that are encoded at the same time. */
const atOnce = 2;

/**
 * Makes an animated WebP of frames in order. Delays are exact to the millisecond. Of each frame the part that changes is encoded, by itself, so that memory
 * does not grow with their number.
 */
export function createWebpEncoder({ width, height, loop, quality }: WebpOptions): FrameEncoder {
  let frames: Promise<WebpFrame>[] = [];
  let before: Uint8Array | undefined;
  let hasTransparency = false;

  const encode = async (pixels: Uint8Array, area: PixelBox, durationMs: number): Promise<WebpFrame> => {
    const whole = { data: pixels, width, height, channels: 4 as const };
    const picture = withoutNeedlessAlpha(cropPicture(whole, area));
    hasTransparency ||= picture.channels === 4;
    return { ...area, durationMs, still: await encodeStill(picture, { format: 'webp', quality }) };
  };

  return {
    add: async (pixels, atMs, durationMs) => {
      const changed =
        before === undefined ? { left: 0, top: 0, width, height } : changedArea(before, pixels, width);
      before = pixels;
      const duration = Math.round(atMs + durationMs) - Math.round(atMs);
      const frame = encode(pixels, toEven(changed ?? { left: 0, top: 0, width: 1, height: 1 }), duration);
      // A failure is heard of below or at the end, whoever waits first.
      frame.catch(() => undefined);
      frames.push(frame);
      await frames.at(-atOnce);
    },
    finish: async () =>
      webpAnimation({ width, height, loop, frames: await Promise.all(frames), hasTransparency }),
    close: async () => {
      await Promise.allSettled(frames);
      frames = [];
      before = undefined;
    },
  };
}

/** The file has halves of where a frame begins. */
function toEven({ left, top, width, height }: PixelBox): PixelBox {
  return {
    left: left - (left & 1),
    top: top - (top & 1),
    width: width + (left & 1),
    height: height + (top & 1),
  };
}
