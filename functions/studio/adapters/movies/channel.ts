import { EventEmitter } from 'node:events';
import { readSync, writeSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { DefaultDeserializer, DefaultSerializer } from 'node:v8';

/**
 * Carries values, pictures among them, between two processes. What is long goes through a file that both have open and that has no name any more: to the kernel
 * that is memory they share, and neither waits for the other to take it in small pieces, as with a socket.
 */
export interface Channel {
  /** No more than two messages may be on their way: a third takes the place of the first. */
  send(message: unknown): void;
  /** Emits `message` with what the other side has sent, one at a time and in order. */
  readonly received: EventEmitter;
}

/** Which half of the file one writes to. */
export type Side = 'parent' | 'child';

const lengthBytes = 4;
/** Room for each message in the file, which has holes where nothing was written. */
const messageRoom = 2 ** 31;
const placesASide = 2;

export function openChannel(stream: Duplex, file: number, side: Side): Channel {
  const received = new EventEmitter();
  const own = places(side);
  const theirs = places(side === 'parent' ? 'child' : 'parent');
  readMessages(stream, (bytes) => {
    const reader = new FileReader(bytes, file, theirs());
    reader.readHeader();
    received.emit('message', reader.readValue());
  });
  return {
    received,
    send(message) {
      const writer = new FileWriter(file, own());
      writer.writeHeader();
      writer.writeValue(message);
      const bytes = writer.releaseBuffer();
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32LE(bytes.length);
      stream.write(Buffer.concat([length, bytes]));
    },
  };
}

/** Where in the file one message after the other begins. */
function places(side: Side): () => number {
  const first = side === 'parent' ? 0 : placesASide;
  let messages = 0;
  return () => {
    messages += 1;
    return (first + (messages % placesASide)) * messageRoom;
  };
}

/** Writes bytes to the file, and everything else to the message. */
class FileWriter extends DefaultSerializer {
  readonly #file: number;
  #at: number;

  constructor(file: number, at: number) {
    super();
    this.#file = file;
    this.#at = at;
  }

  _writeHostObject(view: NodeJS.ArrayBufferView): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    this.writeUint32(bytes.length);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#file, bytes, written, bytes.length - written, this.#at + written);
    }
    this.#at += bytes.length;
  }
}

class FileReader extends DefaultDeserializer {
  readonly #file: number;
  #at: number;

  constructor(bytes: Uint8Array, file: number, at: number) {
    super(bytes);
    this.#file = file;
    this.#at = at;
  }

  _readHostObject(): Uint8Array {
    // In memory of its own, which can be given back at once.
    const bytes = Buffer.allocUnsafeSlow(this.readUint32());
    for (let read = 0; read < bytes.length;) {
      const count = readSync(this.#file, bytes, read, bytes.length - read, this.#at + read);
      if (count === 0) {
        throw new Error('The file between two processes is shorter than what is said to be in it');
      }
      read += count;
    }
    this.#at += bytes.length;
    return bytes;
  }
}

/** A message is its length in four bytes and what V8 makes of it. */
function readMessages(stream: Duplex, receive: (message: Buffer) => void): void {
  let waiting: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    while (waiting.length >= lengthBytes) {
      const end = lengthBytes + waiting.readUInt32LE();
      if (waiting.length < end) {
        return;
      }
      const message = waiting.subarray(lengthBytes, end);
      waiting = waiting.subarray(end);
      receive(message);
    }
  });
}

/** At once, and not when the garbage collector finds the time: a picture is a few megabytes. @param bytes as they were received */
export function giveBack({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer) {
    buffer.transfer(0);
  }
}
