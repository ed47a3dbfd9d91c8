import { S3Error } from './s3-error.ts';

/** Writes that S3 is to refuse, to the bucket and prefix. */
export interface WriteFault {
  bucket?: string;
  keyPrefix?: string;
  /** @default until `clear` */
  times?: number;
  /** @default 500 */
  status?: 500 | 503;
}

/** The faults ordered for coming writes, each used up by the writes it refuses. */
export class WriteFaults {
  readonly #faults: (WriteFault & { times: number })[] = [];

  /** Orders a fault; it adds to those that are left. */
  add(fault: WriteFault): void {
    this.#faults.push({ times: Infinity, ...fault });
  }

  /** Ends every fault. */
  clear(): void {
    this.#faults.length = 0;
  }

  /** Throws the ordered refusal of a write, if there is one for it. */
  check(bucket: string, key: string): void {
    const fault = this.#faults.find(
      (each) =>
        each.times > 0 &&
        (each.bucket === undefined || each.bucket === bucket) &&
        (each.keyPrefix === undefined || key.startsWith(each.keyPrefix)),
    );
    if (fault === undefined) return;
    fault.times -= 1;
    throw fault.status === 503
      ? new S3Error(503, 'SlowDown', 'Please reduce your request rate.')
      : new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
  }
}
