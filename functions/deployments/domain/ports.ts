import type { ArchivedEvent, DeploymentEvent } from '../../contracts/deployment-event.ts';

/** Where a service's chain ends. */
export interface ChainHead {
  /** Of its last record; 0 before the first. */
  readonly sequence: number;
  /** Of its last record; 64 zeros before the first. */
  readonly hash: string;
}

/** The truth: every event ever taken in, in one chain a service. */
export interface Archive {
  /** Reads the whole chain's last record. */
  head(service: string): Promise<ChainHead>;
  /**
   * Appends to a service's chain, one after another. What another wrote in the same place first is never overwritten.
   *
   * @throws ChainMoved when the chain does not end in `after` any more; the first of `events` may be in it then
   */
  append(
    service: string,
    after: ChainHead,
    events: readonly DeploymentEvent[],
  ): Promise<readonly ArchivedEvent[]>;
  /** A service's records from a place in its chain on, in order. */
  read(service: string, fromSequence: number): AsyncIterable<ArchivedEvent>;
  /** Every service that has a chain. */
  services(): AsyncIterable<string>;
}

/** What is asked for, made of the archive; it may be lost at any moment. */
export interface Projection {
  /** Where the service's chain ended when it was last projected; undefined when that is not known. */
  head(service: string): Promise<ChainHead | undefined>;
  /** As of one moment: where it is, and which of these are in it already, by identity (`source` and `id` of the event). Undefined as with `head`. */
  look(
    service: string,
    identities: readonly string[],
  ): Promise<{ readonly head: ChainHead; readonly known: ReadonlySet<string> } | undefined>;
  /** Takes in records of one service, each at once and once; repeating it changes nothing. */
  apply(service: string, records: readonly ArchivedEvent[]): Promise<void>;
}

/** Names of services, kept outside the archive: what is still to be done for whom. */
export interface ToDoList {
  note(service: string): Promise<void>;
  /** Those noted so long ago that what they were noted for has been done, or never will be. */
  entries(): Promise<readonly ToDo[]>;
}

export interface ToDo {
  readonly service: string;
  /** Strikes it off. */
  done(): Promise<void>;
}
