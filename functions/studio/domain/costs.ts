import type { StudioFormat } from '../../contracts/recipe.ts';

/**
 * What work takes of a processor, in nanoseconds a pixel of what is worked on, on the machine of the documented measurements (x64; a Lambda of 1769 MB has one
 * such processor). `npm run bench -- studio estimate` compares it with what the same work takes: pictures differ, and so most kinds of work are estimated
 * within a half of what they take. An estimate that is too long sends a request to the queue, one that is too short lets it run into its deadline.
 */
export const nanosecondsAPixel = {
  decodeStill: 8,
  /** Of a GIF. */
  decodeAnimation: 10,
  /** A template; a WebP of grain without loss takes up to 40. */
  decodeAnimatedWebp: 15,
  /** With its conversion to RGBA. */
  decodeMovie: 8,
  geometryStep: 5,
  /** Frame by frame, each by itself. */
  movingGeometryStep: 8,
  look: 16,
  crossFade: 3,
  layer: 3,
} as const;

/** Of an animated WebP, in one go. */
export const webpPixelsAtOnce = 12.5e6;

/** Of looks that take more than a pass over the pixels. What they make of a picture is harder to encode, too. */
export const slowLooks: Partial<Record<string, number>> = { blur: 25, sharpen: 50, 'deep-fried': 100 };

interface EncodingCost {
  readonly nanosecondsAPixel: number;
  /** What is kept of every frame until the end, bytes a pixel: the encoded file, and whatever the encoder collects. */
  readonly keptBytesAPixel: number;
}

/** Of a pixel of the result. A GIF or a movie of flat colours takes half of it, one of grain half as much again. */
export const encodingCosts: Readonly<Record<StudioFormat, EncodingCost>> = {
  png: { nanosecondsAPixel: 60, keptBytesAPixel: 4 },
  jpeg: { nanosecondsAPixel: 14, keptBytesAPixel: 1 },
  webp: { nanosecondsAPixel: 70, keptBytesAPixel: 4 },
  avif: { nanosecondsAPixel: 380, keptBytesAPixel: 120 },
  gif: { nanosecondsAPixel: 90, keptBytesAPixel: 1 },
  mp4: { nanosecondsAPixel: 22, keptBytesAPixel: 0.2 },
  webm: { nanosecondsAPixel: 32, keptBytesAPixel: 0.2 },
};

/** Starting the process and its libraries, in milliseconds. */
export const startMs = 80;
/** The process for movies, where one is read or made. */
export const movieStartMs = 120;
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
