import { composedFrames, type StoredFrame } from './composed-frames.ts';
import type { AnimationFrames } from './native-frames.ts';
import { threeBytes, webpChunks } from './webp-chunks.ts';

const frameHeaderLength = 16;
const alphaFlag = 0x10;

/** The frames of an animated WebP, each read by the browser as a WebP of its own. */
export function framesOfWebp(bytes: Uint8Array<ArrayBuffer>): AnimationFrames {
  const chunks = webpChunks(bytes);
  const header = chunks.find(({ name }) => name === 'VP8X')?.data ?? new Uint8Array();
  return composedFrames(
    { width: threeBytes(header, 4) + 1, height: threeBytes(header, 7) + 1 },
    chunks.filter(({ name }) => name === 'ANMF').map(({ data }) => storedFrame(data)),
  );
}

function storedFrame(data: Uint8Array): StoredFrame {
  const flags = data[15] ?? 0;
  const [width, height] = [threeBytes(data, 6) + 1, threeBytes(data, 9) + 1];
  return {
    left: threeBytes(data, 0) * 2,
    top: threeBytes(data, 3) * 2,
    width,
    height,
    replaces: (flags & 2) !== 0,
    disposal: (flags & 1) !== 0 ? 'cleared' : 'stays',
    still: () => new Blob([alone(data.subarray(frameHeaderLength), width, height)], { type: 'image/webp' }),
  };
}

/** A WebP of the chunks of one frame. */
function alone(chunks: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(30 + chunks.length);
  const view = new DataView(file.buffer);
  file.set(new TextEncoder().encode('RIFF'), 0);
  view.setUint32(4, file.length - 8, true);
  file.set(new TextEncoder().encode('WEBPVP8X'), 8);
  view.setUint32(16, 10, true);
  file[20] = alphaFlag;
  setThreeBytes(file, 24, width - 1);
  setThreeBytes(file, 27, height - 1);
  file.set(chunks, 30);
  return file;
}

function setThreeBytes(data: Uint8Array, at: number, value: number): void {
  data.set([value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff], at);
}
