import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

/** Carries values, pictures among them, between two processes: a message is its length in four bytes and what V8 makes of it. */
export interface Channel {
  send(message: unknown): void;
  /** Emits `message` with what the other side has sent, one at a time and in order. */
  readonly received: EventEmitter;
}

const lengthBytes = 4;

export function openChannel(stream: Duplex): Channel {
  const received = new EventEmitter();
  let header = Buffer.alloc(lengthBytes);
  let body: Buffer | undefined;
  let filled = 0;
  stream.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length;) {
      const target = body ?? header;
      const taken = chunk.copy(target, filled, at);
      at += taken;
      filled += taken;
      if (filled === target.length) {
        filled = 0;
        if (body === undefined) {
          body = Buffer.allocUnsafeSlow(header.readUInt32LE());
          header = Buffer.alloc(lengthBytes);
        } else {
          const message = body;
          body = undefined;
          received.emit('message', deserialize(message));
        }
      }
    }
  });
  return {
    received,
    send(message) {
      const bytes = serialize(message);
      const length = Buffer.alloc(lengthBytes);
      length.writeUInt32LE(bytes.length);
      stream.write(length);
      stream.write(bytes);
    },
  };
}
