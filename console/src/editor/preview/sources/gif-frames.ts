import {
  type GifFrame,
  readGifStructure,
} from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { composedFrames, type StoredFrame } from './composed-frames.ts';
import type { AnimationFrames } from './native-frames.ts';

const trailer = 0x3b;

/** The frames of a GIF, each read by the browser as a GIF of its own. */
export function framesOfGif(bytes: Uint8Array<ArrayBuffer>): AnimationFrames {
  const { width, height, frames, headEnd } = readGifStructure(bytes, Infinity);
  const head = bytes.subarray(0, headEnd);
  return composedFrames(
    { width, height },
    frames.map((frame): StoredFrame => {
      const { left, top, disposal } = frame;
      return {
        left,
        top,
        width: frame.width,
        height: frame.height,
        replaces: false,
        disposal: disposal === 2 ? 'cleared' : disposal === 3 ? 'undone' : 'stays',
        still: () => new Blob([alone(bytes, head, frame)], { type: 'image/gif' }),
      };
    }),
  );
}

/** A GIF that is as large as one frame and has no other. */
function alone(
  bytes: Uint8Array<ArrayBuffer>,
  head: Uint8Array,
  { width, height, start, pictureAt, end }: GifFrame,
): Uint8Array<ArrayBuffer> {
  const blocks = bytes.subarray(start, end);
  const file = new Uint8Array(head.length + blocks.length + 1);
  file.set(head);
  file.set(blocks, head.length);
  file[file.length - 1] = trailer;
  const view = new DataView(file.buffer);
  view.setUint16(6, width, true);
  view.setUint16(8, height, true);
  const descriptorAt = head.length + pictureAt - start;
  file.fill(0, descriptorAt + 1, descriptorAt + 5);
  view.setUint16(descriptorAt + 5, width, true);
  view.setUint16(descriptorAt + 7, height, true);
  return file;
}
