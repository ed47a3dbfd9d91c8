import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { webpChunks } from './webp-chunks.ts';
import { sizeOf } from '../surface.ts';
import { DecodedPictures } from './decoded-pictures.ts';
import type { DecodedFrame, OpenedSource } from './opened-source.ts';

const pictures = new DecodedPictures();

/** A picture that does not move. */
export async function openStill(bytes: Uint8Array<ArrayBuffer>, contentType: string): Promise<OpenedSource> {
  const file = new Blob([bytes], { type: contentType });
  const decoded = await decode(file);
  const { width, height } = sizeOf(decoded.picture);
  decoded.close();
  return {
    probed: {
      kind: 'still',
      contentType,
      width,
      height,
      delaysMs: [],
      durationMs: 0,
      hasTransparency: mayBeSeenThrough(bytes, contentType),
      audio: undefined,
      colour: '8 bits, sRGB',
      bytes: bytes.byteLength,
    },
    frame: () => decode(file),
    close: () => undefined,
  };
}

async function decode(file: Blob): Promise<DecodedFrame> {
  try {
    return await pictures.take(file);
  } catch (error) {
    throw new PermanentError(
      'damaged-source',
      'The picture is damaged or incomplete and could not be read. Choose it again, or another one.',
      { cause: error },
    );
  }
}

/** Whether the file says that it has an alpha channel. */
function mayBeSeenThrough(bytes: Uint8Array, contentType: string): boolean {
  switch (contentType) {
    case 'image/png': {
      const colourType = bytes[25] ?? 0;
      return colourType === 4 || colourType === 6 || hasTransparencyChunk(bytes);
    }
    case 'image/webp':
      return webpChunks(bytes).some(
        ({ name, data }) =>
          (name === 'VP8X' && ((data[0] ?? 0) & 0x10) !== 0) ||
          (name === 'VP8L' && ((data[4] ?? 0) & 0x10) !== 0),
      );
    case 'image/gif':
      return true;
    default:
      return false;
  }
}

/** PNG, section 11.3.1. */
function hasTransparencyChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += view.getUint32(at) + 12) {
    const name = String.fromCodePoint(...bytes.subarray(at + 4, at + 8));
    if (name === 'tRNS' || name === 'IDAT') {
      return name === 'tRNS';
    }
  }
  return false;
}
