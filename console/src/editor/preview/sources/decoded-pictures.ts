import type { DecodedFrame } from './opened-source.ts';

/** Of a dozen megapixels each: what a phone can hold while it shows something else, too. */
const mostBytes = 160 * 1024 ** 2;
/** Decoders use cores of their own; what they make takes memory. */
const mostAtOnce = 2;

interface Kept {
  readonly picture: ImageBitmap;
  users: number;
}

/** Decoded pictures of a page. Those that nobody has looked at for longest are given up and decoded again when they are wanted: sixty photos do not fit. */
export class DecodedPictures {
  readonly #kept = new Map<Blob, Kept>();
  readonly #decoding = new Map<Blob, Promise<Kept>>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  /** The picture upright; it stays until it is closed, and a while longer. Rejects for what cannot be decoded. */
  async take(file: Blob): Promise<DecodedFrame> {
    const kept = this.#kept.get(file) ?? (await this.#decodeOnce(file));
    kept.users += 1;
    // The order of a map is that in which its keys were set.
    this.#kept.delete(file);
    this.#kept.set(file, kept);
    this.#makeRoom();
    let isOpen = true;
    return {
      picture: kept.picture,
      close: () => {
        kept.users -= isOpen ? 1 : 0;
        isOpen = false;
      },
    };
  }

  async #decodeOnce(file: Blob): Promise<Kept> {
    const known = this.#decoding.get(file);
    if (known !== undefined) {
      return await known;
    }
    const decoding = this.#decode(file);
    this.#decoding.set(file, decoding);
    try {
      return await decoding;
    } finally {
      this.#decoding.delete(file);
    }
  }

  async #decode(file: Blob): Promise<Kept> {
    if (this.#busy >= mostAtOnce) {
      await new Promise<void>((go) => {
        this.#waiting.push(go);
      });
    }
    this.#busy += 1;
    try {
      return { picture: await createImageBitmap(file, { imageOrientation: 'from-image' }), users: 0 };
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  #makeRoom(): void {
    let bytes = [...this.#kept.values()].reduce((sum, { picture }) => sum + bytesOf(picture), 0);
    for (const [file, { picture, users }] of this.#kept) {
      if (bytes <= mostBytes) {
        return;
      }
      if (users === 0) {
        bytes -= bytesOf(picture);
        picture.close();
        this.#kept.delete(file);
      }
    }
  }
}

const bytesOf = ({ width, height }: ImageBitmap): number => width * height * 4;
