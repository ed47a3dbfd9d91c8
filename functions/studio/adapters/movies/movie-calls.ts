import type { ProbedSource } from '../../domain/ports.ts';
import type { ColourSpace } from './colour-space.ts';
import type { Turn } from './i420-to-rgba.ts';

/** What the process that reads and makes movies can be asked for, and what it answers. One question at a time. */
export interface MovieCalls {
  readonly probe: { readonly takes: { readonly bytes: Uint8Array }; readonly gives: ProbedSource };
  /** Opens a movie for `select` and `next`. */
  readonly open: { readonly takes: OpenOptions; readonly gives: OpenedMovie };
  readonly select: { readonly takes: { readonly indices: readonly number[] }; readonly gives: undefined };
  /** The next of the selected frames, undefined after the last. */
  readonly next: {
    readonly takes: undefined;
    readonly gives: LyingFrame | undefined;
  };
  /** Starts a movie for `add` and `finish`. */
  readonly begin: { readonly takes: EncoderOptions; readonly gives: Sound };
  readonly add: {
    readonly takes: {
      /** BT.709, limited range. */
      readonly planes: Uint8Array;
      readonly atMs: number;
      readonly durationMs: number;
    };
    readonly gives: undefined;
  };
  readonly finish: { readonly takes: undefined; readonly gives: Uint8Array };
  readonly trim: { readonly takes: TrimOptions; readonly gives: TrimmedMovie | undefined };
  /** Forgets everything, so that the process can be used for something else. */
  readonly reset: { readonly takes: undefined; readonly gives: undefined };
}

export type MovieCall = keyof MovieCalls;
export type MovieQuestion = {
  readonly [Call in MovieCall]: { readonly call: Call; readonly takes: MovieCalls[Call]['takes'] };
}[MovieCall];
export type MovieAnswer<Call extends MovieCall> =
  | { readonly gives: MovieCalls[Call]['gives'] }
  /** `code` is that of a PermanentError, undefined for everything else; `cause` is for the log. */
  | {
      readonly failure: {
        readonly code: string | undefined;
        readonly message: string;
        readonly cause: string | undefined;
      };
    };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface OpenOptions {
  readonly bytes: Uint8Array;
  /** Upright; frames are made smaller before anything else is done with them. */
  readonly size: Size | undefined;
}

/** What has to be done with its frames so that they can be looked at. */
export interface OpenedMovie {
  /** Of the frames as they come. */
  readonly lying: Size;
  readonly upright: Size;
  readonly turn: Turn;
  readonly matrix: ColourSpace['matrix'];
}

/** In I420, as it lies in the file: a third of what it takes as RGBA, since it goes from process to process. */
export interface LyingFrame {
  readonly index: number;
  readonly planes: Uint8Array;
  readonly isFullRange: boolean;
}

export type MovieFormat = 'mp4' | 'webm';

export interface EncoderOptions {
  readonly format: MovieFormat;
  /** Even, as the height. */
  readonly width: number;
  readonly height: number;
  readonly bitsPerFrame: number;
  /** How coarse the picture is to be, 0 to 51: `bitsPerFrame` is made more or less for it. MP4 only. */
  readonly quantizer: number | undefined;
  readonly sound: SoundSource | undefined;
}

/** Whose sound is copied, and which part of it; in milliseconds from the movie's first frame. */
export interface SoundSource {
  readonly bytes: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TrimOptions {
  readonly bytes: Uint8Array;
  readonly format: MovieFormat;
  readonly fromMs: number;
  readonly toMs: number;
  readonly keepSound: boolean;
}

export interface TrimmedMovie {
  readonly bytes: Uint8Array;
  readonly durationMs: number;
  readonly frames: number;
  readonly sound: Sound;
}

/** What became of the sound of the source, and for people why it was not kept. */
export type Sound =
  | { readonly sound: 'kept' }
  | { readonly sound: 'dropped'; readonly why: string }
  /** There was none, or none was asked for. */
  | { readonly sound: 'none' };
