const mostCodes = 4096;
const endOfTable = 0;

/**
 * Where a code goes on with a symbol: both and the longer code, 20 and 12 bits, at a place that the former decide; 0 where nothing is. Four times as large as
 * it has to be, so that little is in another's place, and small enough to stay near the processor. Shared by all pictures; empty between two calls.
 */
const placeBits = 14;
const next = new Uint32Array(1 << placeBits);

/** @returns the longer code, or endOfTable */
function longerCode(code: number, symbol: number): number {
  const key = (code << 8) | symbol;
  let place = Math.imul(key, spreading) >>> (32 - placeBits);
  for (;;) {
    const found = next[place] ?? 0;
    if (found >>> 12 === key) {
      return found & 0xfff;
    }
    if (found === 0) {
      return endOfTable;
    }
    place = (place + 1) & (next.length - 1);
  }
}

function remember(code: number, symbol: number, longer: number): void {
  const key = (code << 8) | symbol;
  let place = Math.imul(key, spreading) >>> (32 - placeBits);
  while (next[place] !== 0) {
    place = (place + 1) & (next.length - 1);
  }
  next[place] = (key << 12) | longer;
}

/** Odd, its bits without a pattern: 2³² by the golden ratio. */
const spreading = 0x9e37_79b1;

/** The symbols of a picture, of some of which there is a choice: whichever goes on with what the table knows takes fewer bytes. */
export interface Symbols {
  /** Of every pixel; is changed to what was chosen. */
  readonly indices: Uint8Array;
  /** For every pixel, whether `transparent` may stand for it too, because what is there already is good enough. */
  readonly mayStay: Uint8Array;
  readonly transparent: number;
  /** For every symbol those that are good enough in its place: `mostNear` each, the best first, itself for none. Undefined when there are none. */
  readonly near: Uint8Array | undefined;
}

export const mostNear = 4;

/** Pixels that stay for so long are worth a string of their own. */
const worthStaying = 8;

/**
 * Compresses as GIF does (GIF89a, appendix F): the code size, then sub-blocks of up to 255 bytes, then an empty one.
 * @param bits of a symbol, 2 to 8
 */
export function compress({ indices, mayStay, transparent, near }: Symbols, bits: number): Uint8Array {
  const out = new BlockWriter(bits);
  const clear = 1 << bits;
  const first = clear + 2;
  let free = first;
  let width = bits + 1;
  out.write(clear, width);
  let stays = staysOn(mayStay, 0);
  indices[0] = stays ? transparent : (indices[0] ?? 0);
  let code = indices[0];
  for (let at = 1; at < indices.length; at += 1) {
    const own = indices[at] ?? 0;
    const may = mayStay[at] === 1;
    let symbol = may && stays ? transparent : own;
    let longer = longerCode(code, symbol);
    if (longer === endOfTable && may) {
      symbol = symbol === own ? transparent : own;
      longer = longerCode(code, symbol);
      stays = longer === endOfTable ? stays : symbol === transparent;
    }
    if (longer === endOfTable && near !== undefined) {
      for (let each = own * mostNear; each < (own + 1) * mostNear && longer === endOfTable; each += 1) {
        symbol = near[each] ?? own;
        longer = longerCode(code, symbol);
      }
    }
    if (longer === endOfTable) {
      // A new string begins. Single pixels that stay among others that do not would only spoil the table.
      stays = may && staysOn(mayStay, at);
      symbol = stays ? transparent : own;
      out.write(code, width);
      if (free < mostCodes) {
        remember(code, symbol, free);
        if (free === 1 << width && width < 12) {
          width += 1;
        }
        free += 1;
      } else {
        out.write(clear, width);
        next.fill(0);
        free = first;
        width = bits + 1;
      }
      code = symbol;
    } else {
      code = longer;
    }
    indices[at] = symbol;
  }
  out.write(code, width);
  // Readers widen their codes after this one too.
  out.write(clear + 1, free === 1 << width && width < 12 ? width + 1 : width);
  next.fill(0);
  return out.finish();
}

function staysOn(mayStay: Uint8Array, from: number): boolean {
  for (let at = from; at < from + worthStaying; at += 1) {
    if (mayStay[at] === 0) {
      return false;
    }
  }
  return true;
}

const mostInBlock = 255;

/** Codes of changing width, low bits first, in blocks that say how long they are. */
class BlockWriter {
  #bytes = new Uint8Array(4096);
  #at = 2;
  /** Where the length of the block belongs. */
  #lengthAt = 1;
  #waiting = 0;
  #count = 0;

  constructor(bits: number) {
    this.#bytes[0] = bits;
  }

  write(code: number, width: number): void {
    this.#waiting |= code << this.#count;
    this.#count += width;
    while (this.#count >= 8) {
      this.#push(this.#waiting & 0xff);
      this.#waiting >>>= 8;
      this.#count -= 8;
    }
  }

  finish(): Uint8Array {
    if (this.#count > 0) {
      this.#push(this.#waiting & 0xff);
    }
    const length = this.#at - this.#lengthAt - 1;
    this.#bytes[this.#lengthAt] = length;
    if (length > 0) {
      this.#reserve(1);
      this.#bytes[this.#at] = 0;
      this.#at += 1;
    }
    return this.#bytes.subarray(0, this.#at);
  }

  #push(byte: number): void {
    this.#reserve(2);
    this.#bytes[this.#at] = byte;
    this.#at += 1;
    if (this.#at - this.#lengthAt - 1 === mostInBlock) {
      this.#bytes[this.#lengthAt] = mostInBlock;
      this.#lengthAt = this.#at;
      this.#at += 1;
    }
  }

  #reserve(more: number): void {
    if (this.#at + more > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
  }
}
