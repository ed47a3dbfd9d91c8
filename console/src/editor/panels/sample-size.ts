import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import type { Preview } from '../preview/preview.ts';

/** What a few frames of a plan are like. Bytes of a whole frame as the browser writes it, and of what changes from one frame to the next. */
export interface FrameSample {
  readonly whole: number;
  /** 0 of a still. */
  readonly changed: number;
}

/** Which of the browser’s encoders a format is like, and how much smaller it is than that. Read off what the service made of drawn and of filmed pictures. */
const likeness: Readonly<
  Record<
    StudioFormat,
    {
      readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
      readonly whole: number;
      readonly changed: number;
    }
  >
> = {
  png: { type: 'image/png', whole: 0.55, changed: 0 },
  jpeg: { type: 'image/jpeg', whole: 0.8, changed: 0 },
  webp: { type: 'image/webp', whole: 0.75, changed: 0.65 },
  avif: { type: 'image/webp', whole: 0.6, changed: 0 },
  gif: { type: 'image/png', whole: 0.3, changed: 0.25 },
  mp4: { type: 'image/webp', whole: 1.1, changed: 0.45 },
  webm: { type: 'image/webp', whole: 1, changed: 0.4 },
};

/** Pairs of frames that are looked at. */
const mostPairs = 6;
/** Pixels of the longer side: larger frames are looked at smaller. */
const sampleSide = 640;
/** How fast files grow with the area: larger pictures have less detail in a pixel. */
const areaGrowth = 0.85;
/** Differences of a channel that no format keeps. */
const unseen = 6;

/** How large the file will be, roughly, in bytes, from frames that are drawn and encoded here. Undefined when the signal says that nobody wants to know any more. */
export async function sampleSize(
  preview: Preview,
  plan: Plan,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { format, quality } = plan.output;
  const { type, whole, changed } = likeness[format];
  const sample = await sampleFrames(preview, plan, type, quality / 100, signal);
  return (
    sample &&
    Math.round(sample.whole * whole + sample.changed * changed * Math.max(0, plan.frames.length - 1))
  );
}

async function sampleFrames(
  preview: Preview,
  plan: Plan,
  type: string,
  quality: number,
  signal: AbortSignal,
): Promise<FrameSample | undefined> {
  const { width, height } = plan.canvas;
  const factor = Math.min(1, sampleSide / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
  const painted = document.createElement('canvas');
  const small = new OffscreenCanvas(size.width, size.height);
  const context = small.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    return undefined;
  }
  const frameOf = async (index: number): Promise<ImageData> => {
    await preview.paint(painted, plan.frames[index]?.atMs ?? 0);
    context.clearRect(0, 0, size.width, size.height);
    context.drawImage(painted, 0, 0, size.width, size.height);
    return context.getImageData(0, 0, size.width, size.height);
  };
  const bytesOf = async (picture: ImageData): Promise<number> => {
    context.putImageData(picture, 0, 0);
    const { size: bytes } = await small.convertToBlob({ type, quality });
    return bytes / factor ** (2 * areaGrowth);
  };
  const whole = await bytesOf(await frameOf(0));
  const steps = plan.frames.length - 1;
  const pairs = Math.min(mostPairs, steps);
  let changed = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (signal.aborted) {
      return undefined;
    }
    const index = Math.floor(((pair + 0.5) * steps) / pairs);
    const before = await frameOf(index);
    changed += await bytesOf(changesBetween(before, await frameOf(index + 1)));
  }
  return signal.aborted ? undefined : { whole, changed: pairs === 0 ? 0 : changed / pairs };
}

/** The later picture where it differs, and nothing elsewhere. */
function changesBetween(before: ImageData, after: ImageData): ImageData {
  const { data } = after;
  for (let at = 0; at < data.length; at += 4) {
    if (
      Math.abs((data[at] ?? 0) - (before.data[at] ?? 0)) <= unseen &&
      Math.abs((data[at + 1] ?? 0) - (before.data[at + 1] ?? 0)) <= unseen &&
      Math.abs((data[at + 2] ?? 0) - (before.data[at + 2] ?? 0)) <= unseen &&
      data[at + 3] === before.data[at + 3]
    ) {
      data.fill(0, at, at + 4);
    }
  }
  return after;
}
