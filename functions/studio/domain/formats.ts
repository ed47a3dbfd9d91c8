import type { StudioFormat } from '../../contracts/recipe.ts';

/** What a format can do, and what is done in it unless something else is asked for. */
export interface FormatTraits {
  readonly kind: 'still' | 'animation' | 'movie';
  readonly isTransparent: boolean;
  /** Its longest side unless a width is given, in pixels, of a still and of what moves: what people send each other, not what the format allows. */
  readonly usualSide: number;
  readonly usualMovingSide: number;
  /** Times are multiples of this, in milliseconds; 0 for as exact as the source. */
  readonly timeGridMs: number;
  /** A frame is shown at least this long. Browsers slow a GIF or WebP frame of 10 ms or less down to 100 ms; movies go up to 60 frames a second. */
  readonly shortestFrameMs: number;
  /** Widths and heights are multiples of this: chroma of a movie has half the size. */
  readonly sideStep: number;
  readonly mostFrames: number;
  /** Codecs of sound whose packets it takes as they are. */
  readonly audio: readonly string[];
}

const still = {
  usualSide: 4096,
  usualMovingSide: 4096,
  timeGridMs: 0,
  shortestFrameMs: 1000 / 60,
  sideStep: 1,
  mostFrames: 1,
  audio: [],
};
const movie = {
  kind: 'movie',
  isTransparent: false,
  usualSide: 1920,
  usualMovingSide: 1920,
  timeGridMs: 0,
  shortestFrameMs: 1000 / 60,
  sideStep: 2,
  mostFrames: 18_000,
} as const;

export const formats: Readonly<Record<StudioFormat, FormatTraits>> = {
  png: { ...still, kind: 'still', isTransparent: true },
  jpeg: { ...still, kind: 'still', isTransparent: false },
  avif: { ...still, kind: 'still', isTransparent: true, usualSide: 2048 },
  webp: {
    kind: 'animation',
    isTransparent: true,
    usualSide: 4096,
    usualMovingSide: 1080,
    timeGridMs: 1,
    shortestFrameMs: 16,
    sideStep: 1,
    mostFrames: 1000,
    audio: [],
  },
  gif: {
    kind: 'animation',
    isTransparent: true,
    usualSide: 4096,
    usualMovingSide: 800,
    timeGridMs: 10,
    shortestFrameMs: 20,
    sideStep: 1,
    mostFrames: 1000,
    audio: [],
  },
  mp4: { ...movie, audio: ['aac'] },
  webm: { ...movie, audio: ['opus', 'vorbis'] },
};
