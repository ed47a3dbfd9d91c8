import type { PlacedPicture } from '../../kernel/drawing/paint-text.ts';
import type { FrameLayer, Plan, PlannedFrame } from '../domain/plan.ts';
import { drawOnPlanes, planeLayer, type PlaneLayer } from './movies/plane-layer.ts';

interface Converted {
  readonly from: PlacedPicture;
  readonly layer: PlaneLayer | undefined;
}

/**
 * Paints the frames of a plan in I420, one after the other: the frame of the movie with the layers on it. A layer that stays is converted once.
 * @param read the next frame of the movie, which becomes the painter's
 */
export function planesPainter(
  { canvas, frames }: Pick<Plan, 'canvas' | 'frames'>,
  read: (frame: number) => Promise<Uint8Array>,
  placedLayer: (layer: FrameLayer) => Promise<PlacedPicture | undefined>,
): (frame: PlannedFrame) => Promise<Uint8Array> {
  const shownAgain = new Set(
    frames.filter((frame, at) => frames[at + 1] !== undefined && indexOf(frame) === indexOf(frames[at + 1])),
  );
  const converted: (Converted | undefined)[] = [];
  let kept: { readonly index: number; readonly data: Uint8Array } | undefined;

  const convert = (layer: number, from: PlacedPicture): PlaneLayer | undefined => {
    let known = converted[layer];
    if (known === undefined || !isSame(known.from, from)) {
      known = { from, layer: planeLayer(from, canvas) };
      converted[layer] = known;
    }
    return known.layer;
  };

  return async (frame) => {
    const index = indexOf(frame);
    const clean = kept?.index === index ? kept.data : await read(index);
    const isKept = shownAgain.has(frame);
    kept = isKept ? { index, data: clean } : undefined;
    const data = isKept ? new Uint8Array(clean) : clean;
    for (const each of frame.layers) {
      const placed = await placedLayer(each);
      const layer = placed && convert(each.layer, placed);
      if (layer !== undefined) {
        drawOnPlanes({ data, ...canvas }, layer);
      }
    }
    return data;
  };
}

const indexOf = (frame: PlannedFrame | undefined): number => frame?.sources[0]?.frame ?? 0;

const isSame = (one: PlacedPicture, other: PlacedPicture): boolean =>
  one.picture === other.picture && one.left === other.left && one.top === other.top;
