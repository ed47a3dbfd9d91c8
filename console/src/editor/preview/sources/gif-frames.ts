import {
  type GifFrame,
  readGifStructure,
} from '../../../../../functions/studio/domain/gif/read-gif-structure.ts';
import { composedFrames, type StoredFrame } from './composed-frames.ts';
import type { AnimationFrames } from './native-frames.ts';

const trailer = 0x3b;
const controlLength = 8;
const descriptorLength = 10;

/** The frames of a GIF, each read by the browser as a GIF of its own. */
export function framesOfGif(bytes: Uint8Array<ArrayBuffer>): AnimationFrames {
  const { width, height, frames } = readGifStructure(bytes, Infinity);
  const colours = (bytes[10] ?? 0) & 0x80 ? 3 * 2 ** (((bytes[10] ?? 0) & 7) + 1) : 0;
  const head = bytes.subarray(0, 13 + colours);
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
  { width, height, controlAt, pictureAt, end }: GifFrame,
): Uint8Array<ArrayBuffer> {
  const control =
    controlAt === undefined ? new Uint8Array() : bytes.subarray(controlAt, controlAt + controlLength);
  const picture = bytes.subarray(pictureAt, end);
  const file = new Uint8Array(head.length + control.length + picture.length + 1);
  file.set(head);
  file.set(control, head.length);
  file.set(picture, head.length + control.length);
  file[file.length - 1] = trailer;
  const view = new DataView(file.buffer);
  view.setUint16(6, width, true);
  view.setUint16(8, height, true);
  const descriptorAt = head.length + control.length;
  file.fill(0, descriptorAt + 1, descriptorAt + 5);
  view.setUint16(descriptorAt + descriptorLength - 5, width, true);
  view.setUint16(descriptorAt + descriptorLength - 3, height, true);
  return file;
}
