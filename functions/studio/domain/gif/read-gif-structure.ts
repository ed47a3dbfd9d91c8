/** One frame of a GIF, as its blocks say. Lengths in pixels. */
export interface GifFrame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly delayMs: number;
  /** 0 and 1 leave the frame, 2 clears its rectangle, 3 brings back what was there before. */
  readonly disposal: number;
  /** Whether some colour of it stands for “see through”. */
  readonly hasTransparentColour: boolean;
  /** Its blocks in the file, with all that stands before its picture: the first byte, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Where its picture begins, after what stands before it. */
  readonly pictureAt: number;
}

export interface GifStructure {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly GifFrame[];
  /** Where the first frame's blocks begin, after the colours of the whole file. */
  readonly headEnd: number;
  /** As the file says: 0 for ever, undefined without a word. */
  readonly loop: number | undefined;
}

const extension = 0x21;
const image = 0x2c;
const graphicControl = 0xf9;
const application = 0xff;

type Control = Pick<GifFrame, 'delayMs' | 'disposal' | 'hasTransparentColour'>;
const noControl: Control = { delayMs: 0, disposal: 0, hasTransparentColour: false };

/**
 * Walks through the blocks of a GIF without decoding a pixel (GIF89a, sections 18 to 26). What follows the first damage is left out. Stops after `mostFrames`.
 */
export function readGifStructure(bytes: Uint8Array, mostFrames: number): GifStructure {
  const byte = (at: number): number => bytes[at] ?? 0;
  const word = (at: number): number => byte(at) | (byte(at + 1) << 8);
  const colourTable = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  const frames: GifFrame[] = [];
  let loop: number | undefined;
  let control: Control = noControl;
  const headEnd = 13 + colourTable(byte(10));
  let at = headEnd;
  while (at < bytes.length && frames.length < mostFrames) {
    const introducer = byte(at);
    if (introducer === extension) {
      const label = byte(at + 1);
      if (label === graphicControl) {
        const flags = byte(at + 3);
        control = {
          delayMs: word(at + 4) * 10,
          disposal: (flags >> 2) & 7,
          hasTransparentColour: (flags & 1) === 1,
        };
      } else if (label === application && isLoopExtension(bytes, at)) {
        loop = word(at + 16);
      }
      at = afterSubBlocks(bytes, at + 2);
    } else if (introducer === image) {
      const flags = byte(at + 9);
      const end = afterSubBlocks(bytes, at + 10 + colourTable(flags) + 1);
      frames.push({
        left: word(at + 1),
        top: word(at + 3),
        width: word(at + 5),
        height: word(at + 7),
        ...control,
        start: frames.at(-1)?.end ?? headEnd,
        end,
        pictureAt: at,
      });
      control = noControl;
      at = end;
    } else {
      // The trailer, or nothing that belongs here.
      break;
    }
  }
  return { width: word(6), height: word(8), frames, headEnd, loop };
}

/** Whether a pixel could ever be seen through: judged by the blocks, so perhaps when none is. */
export function mayBeTransparent({ width, height, frames }: GifStructure): boolean {
  const [first] = frames;
  return (
    first === undefined ||
    first.hasTransparentColour ||
    first.left > 0 ||
    first.top > 0 ||
    first.left + first.width < width ||
    first.top + first.height < height ||
    frames.some(({ disposal }) => disposal === 2)
  );
}

function isLoopExtension(bytes: Uint8Array, at: number): boolean {
  const name = String.fromCodePoint(...bytes.subarray(at + 3, at + 14));
  return name === 'NETSCAPE2.0' || name === 'ANIMEXTS1.0';
}

/** Where the sub-blocks that begin here end. */
function afterSubBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += length + 1;
    if (length === 0) {
      return at;
    }
  }
  return at;
}
