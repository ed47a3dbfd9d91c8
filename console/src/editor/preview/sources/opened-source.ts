import type { ProbedSource } from '../../../../../functions/studio/domain/ports.ts';

/** A frame that can be drawn. */
export interface DecodedFrame {
  readonly picture: ImageBitmap | VideoFrame;
  /** Gives it back. */
  close(): void;
}

/** A file that was opened in the browser. */
export interface OpenedSource {
  readonly probed: ProbedSource;
  /** A frame as it is, upright; 0 of a still. Rejects with a PermanentError('damaged-source') for what cannot be decoded. */
  frame(index: number): Promise<DecodedFrame>;
  close(): void;
}
