import {
  captionMs,
  encodingCosts,
  framesInFlight,
  movieStartMs,
  nanosecondsAPixel,
  outOfOrderFactor,
  processBytes,
  searchFactor,
  slowLooks,
  startMs,
  webpPixelsAtOnce,
} from './costs.ts';
import { formats } from './formats.ts';
import type { PixelSize, Plan, PlannedSource } from './plan.ts';

export interface Estimate {
  readonly milliseconds: number;
  /** Peak memory of the process. */
  readonly bytes: number;
}

/** An estimate in three parts, to know what a change would save. */
export interface EstimateParts {
  /** Neither a smaller nor a shorter result saves it. */
  readonly fixed: Estimate;
  /** Of reading the sources' frames: less when it is shorter. */
  readonly read: Estimate;
  /** Of every frame of the result: less when it is smaller or shorter. */
  readonly drawn: Estimate;
  /** Of one frame of the result: less when it is smaller. */
  readonly held: Estimate;
}

/** What making a plan's result takes, from pixels × frames × layers and the format; nothing is decoded for it. */
export function estimateParts(plan: Plan): EstimateParts {
  const canvas = area(plan.canvas);
  const frames = plan.frames.length;
  const layerAreas = plan.layers.map(({ box }) => area(box));
  const layered = plan.frames.reduce(
    (all, { layers }) => all + sum(layers.map(({ layer }) => layerAreas[layer] ?? 0)),
    0,
  );
  const mixed = plan.frames.filter(({ sources }) => sources.length > 1).length;
  const looks = sum(plan.looks.map(({ look }) => slowLooks[look] ?? nanosecondsAPixel.look));
  const encoding = encodingCosts[plan.output.format];
  const encodings = plan.output.maxBytes === undefined ? 1 : searchFactor;
  const captions = plan.layers.filter(({ kind }) => kind === 'caption').length;
  const indices = drawnIndices(plan);
  const reading = plan.sources.map((source, index) => readingCost(source, indices[index] ?? []));
  const ofStills = reading.filter((_, index) => plan.sources[index]?.probed.kind === 'still');
  const largest = Math.max(
    ...plan.sources.flatMap(({ probed, geometry }) => [area(probed), ...geometry.map(area)]),
  );
  return {
    fixed: {
      milliseconds:
        startMs + (hasMovie(plan) ? movieStartMs : 0) + captions * captionMs + sum(ofStills) / 1e6,
      bytes: processBytes + 8 * largest,
    },
    read: { milliseconds: (sum(reading) - sum(ofStills)) / 1e6, bytes: 0 },
    drawn: {
      milliseconds:
        (canvas * frames * (looks + encoding.nanosecondsAPixel * encodings) +
          canvas * mixed * nanosecondsAPixel.crossFade +
          layered * nanosecondsAPixel.layer) /
        1e6,
      bytes: canvas * frames * encoding.keptBytesAPixel,
    },
    held: { milliseconds: 0, bytes: 4 * (framesInFlight * canvas + sum(layerAreas)) },
  };
}

export function estimate(plan: Plan): Estimate {
  const parts = Object.values<Estimate>({ ...estimateParts(plan) });
  return {
    milliseconds: Math.round(sum(parts.map(({ milliseconds }) => milliseconds))),
    bytes: Math.round(sum(parts.map(({ bytes }) => bytes))),
  };
}

/** For each source the indices of its frames, in the order in which they are needed. */
function drawnIndices(plan: Plan): number[][] {
  const drawn: number[][] = plan.sources.map(() => []);
  for (const { sources } of plan.frames) {
    for (const { source, frame } of sources) {
      const own = drawn[source];
      if (own !== undefined && own.at(-1) !== frame) {
        own.push(frame);
      }
    }
  }
  return drawn;
}

/** In nanoseconds. */
function readingCost({ probed, geometry }: PlannedSource, drawn: readonly number[]): number {
  let first = Infinity;
  let last = -Infinity;
  let isInOrder = true;
  for (const [index, frame] of drawn.entries()) {
    first = Math.min(first, frame);
    last = Math.max(last, frame);
    isInOrder &&= index === 0 || frame > (drawn[index - 1] ?? 0);
  }
  if (drawn.length === 0) {
    return 0;
  }
  const decoded = decodedFrames(probed, first, last);
  const shaped = probed.kind === 'still' ? 1 : drawn.length;
  const step =
    probed.kind === 'still' ? nanosecondsAPixel.geometryStep : nanosecondsAPixel.movingGeometryStep;
  const geometryArea = geometry.reduce(
    (sum, step) => sum + area(step),
    geometry.length > 0 ? area(probed) : 0,
  );
  return (
    area(probed) * decoded * decodingOf(probed) * (isInOrder ? 1 : outOfOrderFactor) +
    geometryArea * shaped * step
  );
}

/** A movie is decoded from the key frame before the first frame that is needed, taken as a second of it; an animation from its beginning. */
function decodedFrames(probed: PlannedSource['probed'], first: number, last: number): number {
  switch (probed.kind) {
    case 'still':
      return 1;
    case 'movie':
      return last - Math.max(0, first - 30) + 1;
    case 'animation': {
      const atOnce = Math.max(1, Math.floor(webpPixelsAtOnce / area(probed)));
      // Every part of an animated WebP begins at the first frame again.
      return probed.contentType === 'image/webp'
        ? (last + 1) * (1 + Math.floor(last / atOnce) / 2)
        : last + 1;
    }
  }
}

function decodingOf({ kind, contentType }: PlannedSource['probed']): number {
  switch (kind) {
    case 'still':
      return nanosecondsAPixel.decodeStill;
    case 'animation':
      return contentType === 'image/webp'
        ? nanosecondsAPixel.decodeAnimatedWebp
        : nanosecondsAPixel.decodeAnimation;
    case 'movie':
      return nanosecondsAPixel.decodeMovie;
  }
}

const hasMovie = ({ output, sources }: Plan): boolean =>
  formats[output.format].kind === 'movie' || sources.some(({ probed }) => probed.kind === 'movie');

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const area = ({ width, height }: PixelSize): number => width * height;
