import type { StudioFormat } from '../../contracts/recipe.ts';

/**
 * What work takes, in nanoseconds a pixel of what is worked on, on the machine of the documented measurements (two x64 cores; a Lambda of 1769 MB has one). Read
 * off measurements and rounded up: an estimate that is too long sends a request to the queue, one that is too short lets it run into its deadline.
 */
export const nanosecondsAPixel = {
  /** A 12-megapixel JPEG takes 60 ms. */
  decodeStill: 6,
  decodeAnimation: 6,
  /** 150 frames of 720p take 575 ms, with their conversion to RGBA. */
  decodeMovie: 5,
  geometryStep: 5,
  look: 4,
  crossFade: 3,
  layer: 3,
} as const;

/** Of looks that take more than a pass over the pixels. */
export const slowLooks: Partial<Record<string, number>> = { blur: 25, sharpen: 25, 'deep-fried': 40 };

interface EncodingCost {
  readonly nanosecondsAPixel: number;
  /** What is kept of every frame until the end, bytes a pixel: the encoded file, and whatever the encoder collects. */
  readonly keptBytesAPixel: number;
}

/** 40 frames of 360² as GIF take 370 ms, as WebP 211 to 569; 100 frames of 720p as H.264 503 ms and 600 for I420, as VP8 1.3 s; a JPEG of 1080² about 10 ms, AVIF at effort 2 610. */
export const encodingCosts: Readonly<Record<StudioFormat, EncodingCost>> = {
  png: { nanosecondsAPixel: 60, keptBytesAPixel: 4 },
  jpeg: { nanosecondsAPixel: 12, keptBytesAPixel: 1 },
  webp: { nanosecondsAPixel: 110, keptBytesAPixel: 4 },
  avif: { nanosecondsAPixel: 520, keptBytesAPixel: 120 },
  gif: { nanosecondsAPixel: 80, keptBytesAPixel: 1 },
  mp4: { nanosecondsAPixel: 14, keptBytesAPixel: 0.2 },
  webm: { nanosecondsAPixel: 22, keptBytesAPixel: 0.2 },
};

/** Starting the process and its libraries, in milliseconds. */
export const startMs = 80;
/** Drawing a caption once; it is kept for the frames that follow. */
export const captionMs = 10;
/** Frames that do not come in the order of the file are decoded about twice. */
export const outOfOrderFactor = 2;
/** How often a search for `maxBytes` encodes, on average; it encodes at most six times. */
export const searchFactor = 4;
/** Node, libvips and their code, in bytes. */
export const processBytes = 160e6;
/** Frames that are in flight at once: decoded ahead, mixed, under looks and layers, in the encoder. */
export const framesInFlight = 8;

/** What a pixel of a frame takes in the file at quality 80, in bytes. */
export const expectedBytesAPixel: Readonly<Record<StudioFormat, number>> = {
  png: 1.5,
  jpeg: 0.23,
  webp: 0.19,
  avif: 0.1,
  gif: 0.9,
  mp4: 0.04,
  webm: 0.04,
};
