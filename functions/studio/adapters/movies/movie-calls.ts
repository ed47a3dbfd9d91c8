import type { ProbedSource } from '../../domain/ports.ts';

/** What the thread that reads and makes movies can be asked for, and what it answers. One question at a time. */
export interface MovieCalls {
  readonly probe: { readonly takes: { readonly bytes: Uint8Array }; readonly gives: ProbedSource };
  /** Opens a movie for `select` and `next`. */
  readonly open: { readonly takes: OpenOptions; readonly gives: Size };
  readonly select: { readonly takes: { readonly indices: readonly number[] }; readonly gives: undefined };
  /** The next of the selected frames, undefined after the last. */
  readonly next: {
    readonly takes: undefined;
    readonly gives: { readonly index: number; readonly pixels: Uint8Array } | undefined;
  };
  /** Starts a movie for `add` and `finish`. */
  readonly begin: { readonly takes: EncoderOptions; readonly gives: Size & { readonly sound: Sound } };
  readonly add: {
    readonly takes: {
      readonly pixels: Uint8Array;
      readonly atMs: number;
      readonly durationMs: number;
    };
    readonly gives: undefined;
  };
  readonly finish: { readonly takes: undefined; readonly gives: Uint8Array };
  readonly trim: { readonly takes: TrimOptions; readonly gives: TrimmedMovie | undefined };
  /** Forgets everything, so that the thread can be used for something else. */
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
  /** Upright; frames are made smaller before they become RGBA, which saves most of the work. */
  readonly size: Size | undefined;
}

export type MovieFormat = 'mp4' | 'webm';

export interface EncoderOptions {
  readonly format: MovieFormat;
  readonly width: number;
  readonly height: number;
  readonly bitsPerFrame: number;
  readonly background: readonly [red: number, green: number, blue: number];
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
