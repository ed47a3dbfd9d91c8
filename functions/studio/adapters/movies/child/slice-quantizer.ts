/** What of the parameter sets is needed to read the beginning of a slice. */
interface ParameterSets {
  readonly frameNumberBits: number;
  /** 0 where the order is not written. */
  readonly orderBits: number;
  readonly isCabac: boolean;
  readonly initialQuantizer: number;
}

/**
 * Reads how coarse the encoder made pictures: the quantizer of their first slice, 0 to 51. Of streams as openh264 makes them: baseline or main, whole frames, no
 * weighted prediction. Source: ITU-T H.264, 7.3.2.1, 7.3.2.2 and 7.3.3.
 */
export function quantizerReader(): (packet: Uint8Array) => number | undefined {
  let frameNumberBits = 4;
  let orderBits = 0;
  let sets: ParameterSets | undefined;
  return (packet) => {
    for (const unit of unitsOf(packet)) {
      const type = (unit[0] ?? 0) & 31;
      const bits = new BitReader(unit.subarray(1));
      if (type === 7) {
        ({ frameNumberBits, orderBits } = readSequence(bits));
      } else if (type === 8) {
        sets = { frameNumberBits, orderBits, ...readPicture(bits) };
      } else if ((type === 1 || type === 5) && sets !== undefined) {
        return readSlice(bits, sets, type === 5, (unit[0] ?? 0) >> 5 !== 0);
      }
    }
    return undefined;
  };
}

function readSequence(bits: BitReader): Pick<ParameterSets, 'frameNumberBits' | 'orderBits'> {
  bits.skip(24);
  bits.unsigned();
  const frameNumberBits = bits.unsigned() + 4;
  const orderType = bits.unsigned();
  return { frameNumberBits, orderBits: orderType === 0 ? bits.unsigned() + 4 : 0 };
}

function readPicture(bits: BitReader): Pick<ParameterSets, 'isCabac' | 'initialQuantizer'> {
  bits.unsigned();
  bits.unsigned();
  const isCabac = bits.read(1) === 1;
  bits.skip(1);
  // One slice group, references, weights.
  bits.unsigned();
  bits.unsigned();
  bits.unsigned();
  bits.skip(3);
  return { isCabac, initialQuantizer: bits.signed() + 26 };
}

function readSlice(bits: BitReader, sets: ParameterSets, isKey: boolean, isReference: boolean): number {
  bits.unsigned();
  const isPredicted = bits.unsigned() % 5 === 0;
  bits.unsigned();
  bits.skip(sets.frameNumberBits);
  if (isKey) {
    bits.unsigned();
  }
  bits.skip(sets.orderBits);
  if (isPredicted) {
    if (bits.read(1) === 1) {
      bits.unsigned();
    }
    if (bits.read(1) === 1) {
      while (bits.unsigned() !== 3) {
        bits.unsigned();
      }
    }
  }
  if (isKey) {
    bits.skip(2);
  } else if (isReference && bits.read(1) === 1) {
    for (let operation = bits.unsigned(); operation !== 0; operation = bits.unsigned()) {
      bits.unsigned();
      if (operation === 3) {
        bits.unsigned();
      }
    }
  }
  if (sets.isCabac && isPredicted) {
    bits.unsigned();
  }
  return sets.initialQuantizer + bits.signed();
}

/** So much of a unit is looked at. */
const headBytes = 64;

/** The beginnings of the units of a packet in Annex B, without the bytes that keep start codes out of them. */
function* unitsOf(packet: Uint8Array): Generator<Uint8Array, void, void> {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength);
  for (let at = bytes.indexOf(startCode); at !== -1; at = bytes.indexOf(startCode, at + 3)) {
    const head = bytes.subarray(at + 3, at + 3 + headBytes);
    yield head.filter((byte, place) => !(byte === 3 && head[place - 1] === 0 && head[place - 2] === 0));
  }
}

const startCode = Buffer.from([0, 0, 1]);

class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  skip(bits: number): void {
    this.#at += bits;
  }

  read(bits: number): number {
    let value = 0;
    for (const end = this.#at + bits; this.#at < end; this.#at += 1) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) {
        throw new RangeError('The slice ends before its quantizer');
      }
      value = value * 2 + ((byte >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  /** Exp-Golomb. */
  unsigned(): number {
    let zeros = 0;
    while (this.read(1) === 0) {
      zeros += 1;
    }
    return 2 ** zeros - 1 + this.read(zeros);
  }

  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
