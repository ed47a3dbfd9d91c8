import { randomUUID } from 'node:crypto';
import { Changes } from '../changes.ts';

/** An event as EventBridge hands it on. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the bus does not add by itself. */
export type NewEvent = Omit<BusEvent, 'version' | 'id' | 'account' | 'region'>;

/** Events that are remembered. */
const maxRecorded = 1000;

/** The account's default event bus: takes events, hands them to whoever listens, and remembers the last of them. */
export class EventBus {
  readonly place: { readonly account: string; readonly region: string };
  readonly #listeners = new Set<(event: BusEvent) => void>();
  readonly #recorded: BusEvent[] = [];
  readonly #changes = new Changes();

  constructor(place: { readonly account: string; readonly region: string }) {
    this.place = place;
  }

  /** The last events, the oldest first. */
  get events(): readonly BusEvent[] {
    return this.#recorded;
  }

  /** The event as it would be handed on, without putting it on the bus. */
  complete(event: NewEvent): BusEvent {
    return { version: '0', id: randomUUID(), ...this.place, ...event };
  }

  put(event: NewEvent): void {
    const full = this.complete(event);
    this.#recorded.push(full);
    if (this.#recorded.length > maxRecorded) {
      this.#recorded.shift();
    }
    for (const listener of this.#listeners) {
      listener(full);
    }
    this.#changes.happened();
  }

  /** @returns what ends it */
  subscribe(listener: (event: BusEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves with the first event, past or to come, that `matches`. */
  async until(matches: (event: BusEvent) => boolean, withinMs = 60_000): Promise<BusEvent> {
    await this.#changes.until(
      () => this.#recorded.some(matches),
      withinMs,
      () =>
        `The bus had ${this.#recorded.map(({ detail }) => JSON.stringify(detail)).join(', ') || 'no events'}.`,
    );
    const found = this.#recorded.find(matches);
    if (found === undefined) {
      throw new Error('The event has been forgotten already.');
    }
    return found;
  }
}
