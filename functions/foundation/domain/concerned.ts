import { isFor } from '../../contracts/checklist-pattern.ts';
import type { Checklist, MetricReference, PromiseDocument, ServicePromise } from '../../contracts/promise.ts';

/** A promise that an alarm is about. */
export interface Concern {
  readonly promise: ServicePromise;
  /** Whether the alarm measures the promise itself; else what the alarm watches is needed to keep it. */
  readonly measured: boolean;
}

/** The promises that alarms on `subjects` are about, those that are measured first. */
export function concernedPromises(document: PromiseDocument, subjects: readonly string[]): Concern[] {
  return document.promises
    .map((promise) => ({
      promise,
      measured: subjects.includes(promise.id),
      needed: subjects.some((subject) => needs(promise, watchedBy(document, subject))),
    }))
    .filter(({ measured, needed }) => measured || needed)
    .map(({ promise, measured }) => ({ promise, measured }))
    .toSorted((a, b) => Number(b.measured) - Number(a.measured));
}

/** What to look at for alarms on `subjects`, in the document's order. */
export const stepsFor = (document: PromiseDocument, subjects: readonly string[]): Checklist['steps'] =>
  document.checklist
    .filter(({ alarms }) => alarms.some((pattern) => subjects.some((subject) => isFor(pattern, subject))))
    .flatMap(({ steps }) => steps);

/** Of `accept-upload-errors` the function `accept-upload`: the longest known name that the subject begins with. */
export function watchedBy(document: PromiseDocument, subject: string): string | undefined {
  return document.promises
    .flatMap(namesOf)
    .filter((name) => subject.startsWith(`${name}-`))
    .toSorted((a, b) => b.length - a.length)[0];
}

const needs = (promise: ServicePromise, name: string | undefined): boolean =>
  name !== undefined && namesOf(promise).includes(name);

/** The functions that keep the promise, and the resources that it is measured by. */
const namesOf = (promise: ServicePromise): string[] => [
  ...promise.functions,
  ...Object.values(promise.measure.metrics).flatMap(nameOf),
];

function nameOf(metric: MetricReference): string[] {
  switch (metric.of) {
    case 'function':
    case 'queue':
    case 'dead-letters':
      return [metric.name];
    case 'api':
    case 'cache':
      return [metric.of];
    case 'service':
      return [];
  }
}
