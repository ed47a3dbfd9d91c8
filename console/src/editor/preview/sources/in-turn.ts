import type { AnimationFrames } from './native-frames.ts';

/** Frames of what can show only one at a time: each is read when the one that was asked for before it is there, or has failed. */
export function inTurn(read: (index: number) => Promise<ImageBitmap>): AnimationFrames['frame'] {
  let last: Promise<unknown> = Promise.resolve();
  return async (index) => {
    const reading = last.then(() => read(index));
    last = reading.catch(() => undefined);
    const picture = await reading;
    return { picture, close: () => picture.close() };
  };
}
