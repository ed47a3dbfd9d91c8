import type { Distribution } from './statistics.ts';

export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

export interface MetricStoreOptions {
  /** How long a minute of CloudWatch lasts, in milliseconds. */
  readonly minuteMs: number;
  /** What is older is forgotten. */
  readonly retainedMinutes: number;
  /** The metrics whose single values are kept, beside sum, count and extremes. */
  readonly valued: readonly MetricId[];
  /** Epoch milliseconds. @default the system's clock */
  readonly now?: () => number;
}

/** The same for the same metric, whatever the order of its dimensions. */
export const metricKey = ({ namespace, name, dimensions }: MetricId): string =>
  JSON.stringify([namespace, name, ...Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** Metrics in whole minutes, for as long as an alarm looks back. A metric counts in the minute in which it comes. */
export class MetricStore {
  readonly minuteMs: number;
  readonly #options: MetricStoreOptions;
  readonly #valued: ReadonlySet<string>;
  readonly #series = new Map<string, MetricSeries>();
  readonly #now: () => number;

  constructor(options: MetricStoreOptions) {
    this.#options = options;
    this.minuteMs = options.minuteMs;
    this.#now = options.now ?? Date.now;
    this.#valued = new Set(options.valued.map(metricKey));
  }

  /** The number of the minute that is running. */
  get minute(): number {
    return Math.floor(this.#now() / this.minuteMs);
  }

  /** The series of a metric, to hold on to: adding to it costs no look-up. */
  series(id: MetricId): MetricSeries {
    const key = metricKey(id);
    const known = this.#series.get(key);
    if (known !== undefined) {
      return known;
    }
    const created = new MetricSeries(this, this.#options.retainedMinutes, this.#valued.has(key));
    this.#series.set(key, created);
    return created;
  }

  /** Whether anybody has asked for its series: it may have no data yet. */
  isReported(id: MetricId): boolean {
    return this.#series.has(metricKey(id));
  }

  /** All that was measured of a metric and is not forgotten. */
  total(id: MetricId): Distribution | undefined {
    const { retainedMinutes } = this.#options;
    return this.#series.get(metricKey(id))?.windows(this.minute + 1, retainedMinutes + 1, 1)[0];
  }
}

/** How many different values of a minute are kept as they are; what comes then is rounded to four digits. */
const maxExactValues = 4096;

interface Bucket {
  sum: number;
  count: number;
  min: number;
  max: number;
  values: Map<number, number> | undefined;
}

export class MetricSeries {
  readonly #store: MetricStore;
  readonly #retainedMinutes: number;
  readonly #keepsValues: boolean;
  readonly #buckets = new Map<number, Bucket>();
  #minute = -1;
  #bucket: Bucket | undefined;

  constructor(store: MetricStore, retainedMinutes: number, keepsValues: boolean) {
    this.#store = store;
    this.#retainedMinutes = retainedMinutes;
    this.#keepsValues = keepsValues;
  }

  /** @param minute the one that is running, by default */
  add(value: number, minute: number = this.#store.minute): void {
    const bucket = minute === this.#minute && this.#bucket !== undefined ? this.#bucket : this.#at(minute);
    bucket.sum += value;
    bucket.count += 1;
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
    if (bucket.values !== undefined) {
      const kept = bucket.values.size < maxExactValues ? value : Number(value.toPrecision(4));
      bucket.values.set(kept, (bucket.values.get(kept) ?? 0) + 1);
    }
  }

  /** `count` windows of `length` minutes each, one after another, that end before the minute `end`: the oldest first. */
  windows(end: number, length: number, count: number): (Distribution | undefined)[] {
    const windows = Array.from({ length: count }, (): Bucket | undefined => undefined);
    for (const [minute, bucket] of this.#buckets) {
      const at = count - 1 - Math.floor((end - 1 - minute) / length);
      if (minute < end && at >= 0) {
        windows[at] = merge(windows[at], bucket);
      }
    }
    return windows;
  }

  #at(minute: number): Bucket {
    let bucket = this.#buckets.get(minute);
    if (bucket === undefined) {
      bucket = emptyBucket(this.#keepsValues);
      this.#buckets.set(minute, bucket);
      this.#forget(minute - this.#retainedMinutes);
    }
    this.#minute = minute;
    this.#bucket = bucket;
    return bucket;
  }

  /** Minutes come in their order, so the oldest are the first. */
  #forget(before: number): void {
    for (const minute of this.#buckets.keys()) {
      if (minute >= before) {
        return;
      }
      this.#buckets.delete(minute);
    }
  }
}

const emptyBucket = (keepsValues: boolean): Bucket => ({
  sum: 0,
  count: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  values: keepsValues ? new Map() : undefined,
});

function merge(into: Bucket | undefined, bucket: Bucket): Bucket {
  const merged = into ?? emptyBucket(bucket.values !== undefined);
  merged.sum += bucket.sum;
  merged.count += bucket.count;
  merged.min = Math.min(merged.min, bucket.min);
  merged.max = Math.max(merged.max, bucket.max);
  for (const [value, count] of bucket.values ?? []) {
    merged.values?.set(value, (merged.values.get(value) ?? 0) + count);
  }
  return merged;
}
