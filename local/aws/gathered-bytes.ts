import { letGo } from '../../functions/kernel/let-go.ts';

/** Puts the parts of a body together as they come. Each part's memory is given back at once: it must be nobody else's. */
export class GatheredBytes {
  #bytes = Buffer.alloc(0);
  #length = 0;

  /** Makes room for so many bytes in all, so that none is moved twice. More may come. */
  expect(length: number): void {
    if (length > this.#bytes.length) {
      const room = Buffer.allocUnsafeSlow(length);
      this.#bytes.copy(room, 0, 0, this.#length);
      this.#bytes = room;
    }
  }

  add(part: Buffer): void {
    const length = this.#length + part.length;
    if (length > this.#bytes.length) {
      this.expect(Math.max(length, this.#bytes.length * 2));
    }
    part.copy(this.#bytes, this.#length);
    this.#length = length;
    letGo(part);
  }

  /** All that has come. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }
}
