import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import {
  mayBeTransparent,
  readGifStructure,
} from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { framesOfGif } from './gif-frames.ts';
import { framesOfWebp } from './webp-frames.ts';
import type { OpenedSource } from './opened-source.ts';
import { nativeFrames } from './native-frames.ts';
import { threeBytes, webpChunks } from './webp-chunks.ts';

/** More is refused by the plan; so much is looked at. */
const mostFrames = 1001;

interface Reel {
  readonly width: number;
  readonly height: number;
  readonly delaysMs: readonly number[];
  readonly mayBeTransparent: boolean;
}

/** A GIF or WebP that moves, with every frame's own delay; undefined for what does not. Frames are decoded when they are wanted. */
export async function openAnimation(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<OpenedSource | undefined> {
  const reel =
    contentType === 'image/gif' ? gifReel(bytes) : contentType === 'image/webp' ? webpReel(bytes) : undefined;
  if (reel === undefined || reel.delaysMs.length < 2) {
    return undefined;
  }
  const frames =
    (await nativeFrames(bytes, contentType)) ??
    (contentType === 'image/gif' ? framesOfGif(bytes) : framesOfWebp(bytes));
  const { width, height, delaysMs } = reel;
  return {
    probed: {
      kind: 'animation',
      contentType,
      width,
      height,
      delaysMs,
      durationMs: delaysMs.reduce((sum, delay) => sum + delay, 0),
      hasTransparency: reel.mayBeTransparent,
      audio: undefined,
      colour: '8 bits, sRGB',
      bytes: bytes.byteLength,
    },
    frame: async (index) => {
      try {
        return await frames.frame(index);
      } catch (error) {
        throw new PermanentError(
          'damaged-source',
          `The animation is damaged: its frame ${index + 1} could not be read. Choose the original file.`,
          { cause: error },
        );
      }
    },
    close: () => frames.close(),
  };
}

function gifReel(bytes: Uint8Array): Reel {
  const structure = readGifStructure(bytes, mostFrames);
  return {
    width: structure.width,
    height: structure.height,
    delaysMs: structure.frames.map(({ delayMs }) => delayMs),
    mayBeTransparent: mayBeTransparent(structure),
  };
}

function webpReel(bytes: Uint8Array): Reel | undefined {
  const chunks = webpChunks(bytes);
  const header = chunks.find(({ name }) => name === 'VP8X')?.data;
  if (header === undefined || header.length < 10) {
    return undefined;
  }
  return {
    width: threeBytes(header, 4) + 1,
    height: threeBytes(header, 7) + 1,
    delaysMs: chunks.filter(({ name }) => name === 'ANMF').map(({ data }) => threeBytes(data, 12)),
    mayBeTransparent: ((header[0] ?? 0) & 0x10) !== 0,
  };
}
