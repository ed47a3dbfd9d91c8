import type { FrameIndex } from './index-frames.ts';

/** One go of the decoder, from a key frame on. Frames by their place in the index. */
export interface DecoderRun {
  readonly start: number;
  /** Ascending, at least one. */
  readonly wanted: readonly number[];
}

/** So many frames are decoded faster than the decoder is emptied and filled again. */
const worthSkipping = 8;

/** Groups frames so that what lies between them is decoded only where no key frame allows to skip it. */
export function planRuns({ starts }: Pick<FrameIndex, 'starts'>, wanted: readonly number[]): DecoderRun[] {
  const runs: { start: number; wanted: number[] }[] = [];
  for (const frame of wanted) {
    const start = starts[frame];
    if (start === undefined) {
      throw new RangeError(`There is no frame ${frame}; there are ${starts.length}`);
    }
    const run = runs.at(-1);
    const last = run?.wanted.at(-1);
    if (run !== undefined && last !== undefined && start <= last + worthSkipping) {
      run.wanted.push(frame);
    } else {
      runs.push({ start, wanted: [frame] });
    }
  }
  return runs;
}
