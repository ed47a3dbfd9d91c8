import { formats } from '../formats.ts';
import type { PixelBox, PixelSize, Plan, PlannedSource } from '../plan.ts';

/** What is done while a source is decoded, because decoders leave out detail for a fraction of the time. */
export interface DecodePlan {
  /** The whole picture is decoded at this size … */
  readonly size: PixelSize;
  /** … of which this part is kept. */
  readonly crop: PixelBox | undefined;
  /** How many of the source's geometry steps this does. */
  readonly steps: number;
}

/**
 * Of a still or a movie that begins with being made smaller, with or without a crop before: that. Undefined for everything else, which is decoded as it is. Where
 * the crop ends between two pixels of the smaller picture, it is moved by less than one.
 */
export function decodePlanOf(source: Pick<PlannedSource, 'geometry' | 'probed'>): DecodePlan | undefined {
  const { geometry, probed } = source;
  // Frames of an animation build on each other in their own size.
  if (probed.kind === 'animation') {
    return undefined;
  }
  const [first, second] = geometry;
  if (first?.op === 'resize') {
    return first.width < probed.width && first.height < probed.height
      ? { size: { width: first.width, height: first.height }, crop: undefined, steps: 1 }
      : undefined;
  }
  if (first?.op !== 'crop' || second?.op !== 'resize') {
    return undefined;
  }
  const across = second.width / first.width;
  const down = second.height / first.height;
  if (across >= 1 || down >= 1) {
    return undefined;
  }
  const size = {
    width: Math.max(second.width, Math.round(probed.width * across)),
    height: Math.max(second.height, Math.round(probed.height * down)),
  };
  const crop = {
    left: Math.min(Math.round(first.left * across), size.width - second.width),
    top: Math.min(Math.round(first.top * down), size.height - second.height),
    width: second.width,
    height: second.height,
  };
  return { size, crop, steps: 2 };
}

/** Whether a movie becomes a movie and nothing but layers and another size is given to its frames: then they need not be converted on the way. */
export function showsMovieAsItIs({ sources, looks, output, canvas }: Plan): boolean {
  const [source] = sources;
  if (source === undefined || sources.length > 1 || source.probed.kind !== 'movie' || looks.length > 0) {
    return false;
  }
  const decoded = decodePlanOf(source);
  const { width, height } = decoded?.size ?? source.probed;
  return (
    formats[output.format].kind === 'movie' &&
    decoded?.crop === undefined &&
    source.geometry.length === (decoded?.steps ?? 0) &&
    width === canvas.width &&
    height === canvas.height
  );
}
