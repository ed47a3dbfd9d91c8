import type { TemplateCaption } from '../../contracts/template.ts';

/** What was found out about a source before a pixel of it is drawn. Lengths in pixels, upright; times in milliseconds. */
export interface ProbedSource {
  readonly kind: 'still' | 'animation' | 'movie';
  /** `image/gif`, `video/mp4` … */
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  /** Of an animation each frame's own delay; of a movie each frame's time to the next; of a still empty. */
  readonly delaysMs: readonly number[];
  readonly durationMs: number;
  readonly hasTransparency: boolean;
  /** The codec of its sound, `aac` or `opus`; undefined without sound. */
  readonly audio: string | undefined;
  /** As the file says, for people: `H.264, BT.709` or `8 bits, sRGB`. */
  readonly colour: string;
  readonly bytes: number;
}

/** Decoded frames of a source, in order, read once. RGB or RGBA, 8 bits, straight alpha, rows without gaps; who reads them does not write to them. */
export interface FrameReader {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** Frames by their index, ascending, no more than one ahead in memory. Throws a PermanentError('damaged-source') for what cannot be decoded. */
  frames(indices: readonly number[]): AsyncIterable<{ readonly index: number; readonly pixels: Uint8Array }>;
  close(): Promise<void>;
}

/** Frames of a movie, and where it can be the same as it lies in the file: I420, BT.709, limited range, upright, even sides; each is then the caller's. */
export interface MovieReader extends FrameReader {
  readonly planes: FrameReader['frames'] | undefined;
}

/** Takes frames in order and answers the finished file. */
export interface FrameEncoder {
  /** @param atMs when it is shown, @param durationMs for how long; `pixels` is RGBA, rows without gaps, and is the encoder's from now on */
  add(pixels: Uint8Array, atMs: number, durationMs: number): Promise<void>;
  finish(): Promise<Uint8Array>;
  /** Gives everything back; safe to call at any time. */
  close(): Promise<void>;
}

/** A template: its picture and where captions go. */
export interface TemplateInfo {
  readonly id: string;
  readonly name: string;
  readonly keywords: readonly string[];
  readonly isAnimated: boolean;
  readonly width: number;
  readonly height: number;
  /** Its caption boxes, and what text is like in them unless the recipe says otherwise. */
  readonly captions: readonly TemplateCaption[];
}
