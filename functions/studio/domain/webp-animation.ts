/** A frame of an animated WebP. */
export interface WebpFrame {
  /** A WebP file of this frame alone. */
  readonly still: Uint8Array;
  /** Even, because the file has halves of them. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly durationMs: number;
}

export interface WebpAnimation {
  readonly width: number;
  readonly height: number;
  readonly hasTransparency: boolean;
  /** How often it is played in all; 0 for ever. */
  readonly loop: number;
  readonly frames: readonly WebpFrame[];
}

const animationFlag = 0x02;
const alphaFlag = 0x10;
/** A frame replaces what is under it, and stays. */
const replaces = 0x02;
const longestDuration = 2 ** 24 - 1;

/** Puts still WebPs together to an animated one (WebP Container Specification). Each frame lies over those before it. */
export function webpAnimation({ width, height, hasTransparency, loop, frames }: WebpAnimation): Uint8Array {
  const body = [
    chunk('VP8X', [
      Uint8Array.of(animationFlag | (hasTransparency ? alphaFlag : 0), 0, 0, 0),
      number(width - 1, 3),
      number(height - 1, 3),
    ]),
    chunk('ANIM', [number(0, 4), number(Math.min(loop, 65_535), 2)]),
    ...frames.map((frame) =>
      chunk('ANMF', [
        number(frame.left / 2, 3),
        number(frame.top / 2, 3),
        number(frame.width - 1, 3),
        number(frame.height - 1, 3),
        number(Math.min(frame.durationMs, longestDuration), 3),
        Uint8Array.of(replaces),
        ...pictureChunks(frame.still),
      ]),
    ),
  ];
  const length = body.reduce((sum, part) => sum + part.length, 4);
  return concatenate([ascii('RIFF'), number(length, 4), ascii('WEBP'), ...body]);
}

/** The chunks of a still that are its picture: colours, and transparency if it has some. */
function pictureChunks(still: Uint8Array): Uint8Array[] {
  const view = new DataView(still.buffer, still.byteOffset, still.byteLength);
  const chunks: Uint8Array[] = [];
  for (let at = 12; at + 8 <= still.length;) {
    const name = String.fromCodePoint(...still.subarray(at, at + 4));
    const end = at + 8 + even(view.getUint32(at + 4, true));
    if (name === 'ALPH' || name === 'VP8 ' || name === 'VP8L') {
      chunks.push(still.subarray(at, end));
    }
    at = end;
  }
  if (chunks.length === 0) {
    throw new Error('A frame of the animation has no picture');
  }
  return chunks;
}

function chunk(name: string, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concatenate([ascii(name), number(length, 4), ...parts, new Uint8Array(even(length) - length)]);
}

/** The low bytes of a number, lowest first. */
const number = (value: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, at) => Math.floor(value / 2 ** (8 * at)) & 0xff);
const even = (length: number): number => length + (length & 1);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const concatenate = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
