import type { ArchivedEvent } from '../../../contracts/deployment-event.ts';
import type { Day } from '../day-figures.ts';
import type { Essence } from '../essence.ts';
import type { Run } from '../runs.ts';

/** What is known of a service without looking at its events. */
export interface ServiceLine {
  readonly newestMs: number;
  /** Open incidents. */
  readonly open: number;
}

/** An event, and whose it is. */
export interface Placed {
  readonly service: string;
  readonly essence: Essence;
}

/** The projection, to whoever asks. Throws RedisUnavailable while it is away. */
export interface ReportStore {
  lines(): Promise<ReadonlyMap<string, ServiceLine>>;
  /** How many services have told of themselves. */
  serviceCount(): Promise<number>;
  /** A service's events in no order. */
  events(service: string): Promise<readonly Essence[]>;
  /** Those of the events that are there. */
  find(ids: readonly { service: string; identity: string }[]): Promise<readonly Placed[]>;
  /** One service's figures, day by day as asked for: none or one each. */
  daysOf(service: string, days: readonly string[]): Promise<readonly (readonly Day[])[]>;
  /** The figures of some services, day by day as asked for: one each that has some. */
  figuresOf(services: readonly string[], days: readonly string[]): Promise<readonly (readonly Day[])[]>;
  /** The figures of all services together, day by day as asked for: none or one each. */
  sums(days: readonly string[]): Promise<readonly (readonly Day[])[]>;
  /** Ids of the events of a day, newest first. */
  idsOn(day: string, beforeMs: number): Promise<readonly { id: string; atMs: number }[]>;
  /** What runs in an environment, by service, as of the newest event of each. */
  runs(environment: string): Promise<ReadonlyMap<string, Run>>;
  /** Ids of the events of a chain of work. */
  chain(chain: string): Promise<readonly string[]>;
  /** Ids of the events that link to a context id. */
  linked(context: string): Promise<readonly string[]>;
  /** Ids of the events that have a context id, in the weeks in which that was looked for. */
  withContext(context: string, weeks: readonly string[]): Promise<readonly string[]>;
}

/** What came in, in the order in which it did. */
export interface Feed {
  /** Where it ends now. */
  end(): Promise<string>;
  /**
   * What came in after a cursor; waits for something if there is nothing.
   *
   * @param timeoutMs 0 does not wait
   */
  after(
    cursor: string,
    timeoutMs: number,
  ): Promise<{ readonly events: readonly Placed[]; readonly cursor: string }>;
}

/** Single records of the archive. */
export interface RecordReader {
  get(service: string, sequence: number): Promise<ArchivedEvent | undefined>;
}
