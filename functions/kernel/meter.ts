/** Counts what happened. Names are past-tense facts, declared in the service's `metrics.ts`. */
export interface Meter {
  count(name: string, amount?: number): void;
  /** @param milliseconds how long it took */
  time(name: string, milliseconds: number): void;
}
