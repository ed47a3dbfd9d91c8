import { completeFrames, type CutAnimation, type Restart } from '../domain/cut-animation.ts';
import type { PixelSize } from '../domain/plan.ts';

/** What is kept of an animation to go on from, so that going back is not going back to its beginning. */
const keptBytes = 48 * 1024 ** 2;
/** Pixels that are decoded and not wanted in less time than it takes to start elsewhere. */
const fewPixels = 16e6;

/** Decodes pages of an animated file to RGBA, one after the other. Throws a PermanentError('damaged-source'). */
export type DecodePages = (file: Uint8Array, first: number, pages: number) => Promise<Uint8Array>;

/**
 * Decodes frames of an animation that somebody reads in parts, without decoding all that comes before each time: libraries begin every time at the first frame.
 * What was shown last is gone on from, and some frames are remembered for those who go back.
 */
export class Restarts {
  readonly #animation: CutAnimation;
  readonly #size: PixelSize;
  readonly #decode: DecodePages;
  readonly #most: number;
  readonly #apart: number;
  readonly #kept = new Map<number, Restart>();
  #latest: Restart | undefined;

  constructor(animation: CutAnimation, size: PixelSize, decode: DecodePages) {
    this.#animation = animation;
    this.#size = size;
    this.#decode = decode;
    this.#most = Math.floor(keptBytes / (4 * size.width * size.height));
    this.#apart = this.#most === 0 ? Infinity : Math.ceil(animation.frames.length / this.#most);
  }

  /** Whether frames from `first` on are so late that it is worth not to begin at the beginning. */
  isLate(first: number): boolean {
    return first * this.#size.width * this.#size.height > fewPixels;
  }

  /** RGBA of the frames from `first` to `last`. */
  async frames(first: number, last: number): Promise<Uint8Array> {
    let from = this.#nearest(first);
    // On the way to what is far away, something is left to come back to.
    for (let next = this.#stop(from, first); next !== undefined; next = this.#stop(from, first)) {
      await this.#read(from, next, next);
      const reached = this.#nearest(first);
      if (reached === from) {
        break;
      }
      from = reached;
    }
    return await this.#read(from, first, last);
  }

  async #read(from: Restart | undefined, first: number, last: number): Promise<Uint8Array> {
    const { leading } = this.#animation;
    const begin = from?.before ?? 0;
    const file = this.#animation.cut(begin, last);
    const rgba = await this.#decode(file, leading + first - begin, last - first + 1);
    const shown = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength >> 2);
    const restart = completeFrames(this.#animation, this.#size, { first, last, shown }, from);
    if (restart !== undefined) {
      this.#latest = restart;
      const others = [...this.#kept.keys()];
      if (
        others.length < this.#most &&
        others.every((each) => Math.abs(each - restart.before) >= this.#apart)
      ) {
        this.#kept.set(restart.before, restart);
      }
    }
    return rgba;
  }

  #nearest(first: number): Restart | undefined {
    return [...this.#kept.values(), this.#latest]
      .filter((restart) => restart !== undefined && restart.before <= first)
      .toSorted((a, b) => (b?.before ?? 0) - (a?.before ?? 0))
      .at(0);
  }

  /** The last frame to read on the way to `first`, where the way is long: one after which it can be gone on. */
  #stop(from: Restart | undefined, first: number): number | undefined {
    const begin = from?.before ?? 0;
    if (first - begin <= this.#apart) {
      return undefined;
    }
    const ends = this.#animation.frames.slice(begin, Math.min(first, begin + this.#apart));
    const end = ends.findLastIndex(({ canEnd }) => canEnd);
    return end === -1 ? undefined : begin + end;
  }
}
