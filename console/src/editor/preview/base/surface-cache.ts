/** What is kept painted, in bytes: a hundred frames of a GIF, or a few pictures of a phone. */
const mostBytes = 128 * 1024 ** 2;

/** Surfaces by a key; those that were wanted longest ago make room. */
export class SurfaceCache {
  readonly #surfaces = new Map<string, OffscreenCanvas>();

  get(key: string): OffscreenCanvas | undefined {
    const surface = this.#surfaces.get(key);
    if (surface !== undefined) {
      // The order of a map is that in which its keys were set.
      this.#surfaces.delete(key);
      this.#surfaces.set(key, surface);
    }
    return surface;
  }

  set(key: string, surface: OffscreenCanvas): void {
    this.#surfaces.delete(key);
    this.#surfaces.set(key, surface);
    let bytes = [...this.#surfaces.values()].reduce((sum, each) => sum + bytesOf(each), 0);
    for (const [oldest, other] of this.#surfaces) {
      if (bytes <= mostBytes || oldest === key) {
        return;
      }
      this.#surfaces.delete(oldest);
      bytes -= bytesOf(other);
    }
  }
}

const bytesOf = ({ width, height }: OffscreenCanvas): number => width * height * 4;
