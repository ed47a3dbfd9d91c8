import { paintGradient } from '../../../../../functions/studio/domain/painting/paint-gradient.ts';
import type { FrameSource, Plan, PlannedInput } from '../../../../../functions/studio/domain/plan.ts';
import type { OpenedSource } from '../sources/opened-source.ts';
import { createSurface, toPicture, toSurface } from '../surface.ts';
import { lookAt } from './look-at.ts';
import { SurfaceCache } from './surface-cache.ts';
import { createGeometry } from './take-steps.ts';

/** What of a plan decides what lies under captions and overlays. */
export type BasePlan = Pick<Plan, 'canvas' | 'sources' | 'looks'>;

/** Paints what lies under the layers: sources, mixed, in their looks. */
export interface BasePainter {
  /** The canvas under the layers, not to be changed. Painted once as long as there is room for it. */
  paint(sources: readonly FrameSource[]): Promise<OffscreenCanvas>;
  /** What was painted already; undefined for what has to be decoded first. */
  known(sources: readonly FrameSource[]): OffscreenCanvas | undefined;
}

/** @param openedOf the file of an input that is read */
export function createBasePainter(
  plan: BasePlan,
  openedOf: (input: PlannedInput) => OpenedSource,
): BasePainter {
  const moves = plan.sources.map(({ geometry }) => createGeometry(geometry));
  const painted = new SurfaceCache();
  const placed = new SurfaceCache();

  const sourcePicture = async ({ source, frame }: FrameSource): Promise<OffscreenCanvas> => {
    const key = `${source} ${frame}`;
    const known = placed.get(key);
    if (known !== undefined) {
      return known;
    }
    const planned = plan.sources[source];
    const move = moves[source];
    if (planned === undefined || move === undefined) {
      throw new Error(`The plan has no source ${source}`);
    }
    const decoded = await originalOf(planned.input, frame, openedOf);
    try {
      const surface = move(decoded.picture);
      placed.set(key, surface);
      return surface;
    } finally {
      decoded.close();
    }
  };

  return {
    known: (sources) => painted.get(keyOf(sources)),
    paint: async (sources) => {
      const key = keyOf(sources);
      const known = painted.get(key);
      if (known !== undefined) {
        return known;
      }
      const pictures = await Promise.all(sources.map(sourcePicture));
      const mixed = mix(pictures, sources, plan.canvas);
      const surface = plan.looks.length === 0 ? mixed : toSurface(await lookAt(toPicture(mixed), plan.looks));
      painted.set(key, surface);
      return surface;
    },
  };
}

const keyOf = (sources: readonly FrameSource[]): string =>
  sources.map(({ source, frame, weight }) => `${source} ${frame} ${weight}`).join();

/** One as it is; of several each as much as it weighs. */
function mix(
  pictures: readonly OffscreenCanvas[],
  sources: readonly FrameSource[],
  { width, height }: Plan['canvas'],
): OffscreenCanvas {
  const [only] = pictures;
  if (only !== undefined && pictures.length === 1) {
    return only;
  }
  const { surface, context } = createSurface(width, height);
  context.globalCompositeOperation = 'lighter';
  for (const [index, picture] of pictures.entries()) {
    context.globalAlpha = sources[index]?.weight ?? 0;
    context.drawImage(picture, 0, 0);
  }
  return surface;
}

async function originalOf(
  input: PlannedInput,
  frame: number,
  openedOf: (input: PlannedInput) => OpenedSource,
): Promise<{ readonly picture: OffscreenCanvas | ImageBitmap | VideoFrame; readonly close: () => void }> {
  switch (input.kind) {
    case 'colour': {
      const { surface, context } = createSurface(input.width, input.height);
      context.fillStyle = input.colour;
      context.fillRect(0, 0, input.width, input.height);
      return { picture: surface, close: () => undefined };
    }
    case 'gradient':
      return { picture: toSurface(paintGradient(input)), close: () => undefined };
    case 'template':
    case 'sticker':
    case 'upload':
      return await openedOf(input).frame(frame);
  }
}
