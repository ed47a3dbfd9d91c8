/** An object that S3 has stored, with what its notification says. */
export interface ObjectCreated {
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
  /** Without quotes, as in a notification. */
  etag: string;
  eventName:
    | 'ObjectCreated:Post'
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload';
  /** Hexadecimal; a later write to the same key has a greater one. */
  sequencer: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What happened, before it has its place in the order of events. */
export type StoredObject = Omit<ObjectCreated, 'sequencer' | 'at'>;

/** Tells listeners about stored objects, in the order they were stored, each after the turn that stored it. */
export class CreatedObjects {
  readonly #listeners: ((created: ObjectCreated) => void)[] = [];
  #last = 0n;

  /** A listener that throws ends the process: its error is nobody else's. */
  listen(listener: (created: ObjectCreated) => void): void {
    this.#listeners.push(listener);
  }

  announce(stored: StoredObject): void {
    const at = Date.now();
    // From the clock, so that it still grows when the same data folder is opened again.
    const fromClock = BigInt(at) << 16n;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    const created: ObjectCreated = {
      ...stored,
      etag: stored.etag.replaceAll('"', ''),
      sequencer: this.#last.toString(16).toUpperCase().padStart(18, '0'),
      at,
    };
    setImmediate(() => {
      for (const listener of this.#listeners) listener(created);
    });
  }
}
