import type { Dependency, PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';

/** A promise that is as agreed, but for `differently`. */
export const aPromise = (differently: Partial<ServicePromise> = {}): ServicePromise => ({
  id: 'answers',
  statement: 'Whoever asks gets an answer.',
  functions: ['answer'],
  measure: {
    kind: 'ratio',
    metrics: {
      asked: { of: 'function', name: 'answer', metric: 'Invocations', statistic: 'Sum' },
      failed: { of: 'function', name: 'answer', metric: 'Errors', statistic: 'Sum' },
    },
    good: 'asked - failed',
    total: 'asked',
  },
  objective: { atLeast: 0.99 },
  windowDays: 30,
  conditions: [],
  whenBroken: { consumerSees: 'There is no answer.', consumerShould: 'Ask again a minute later.' },
  minimumTraffic: 10,
  ...differently,
});

/** A document that is as agreed, but for `differently`. */
export const aDocument = (differently: Partial<PromiseDocument> = {}): PromiseDocument => ({
  service: 'answers',
  product: 'Answers',
  team: 'platform',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-01-01', what: 'The first promises.' }],
  description: 'Answers whoever asks.',
  promises: [aPromise()],
  dependsOn: [],
  expects: [],
  checklist: [{ alarms: ['*'], steps: [{ look: 'What was deployed last?' }] }],
  ...differently,
});

const stepsIn = [{ kind: 'retry', how: 'We ask again until it answers.' }] as const;

/** A dependency on a promise, `questions/asked`, or on a provider, with an alternative. */
export const dependencyOn = (target: string, differently: Partial<Dependency> = {}): Dependency => {
  const [service = '', promise] = target.split('/');
  return {
    on: promise === undefined ? { provider: target } : { service, promise },
    whenBroken: 'Answers come late.',
    alternatives: [...stepsIn],
    ...differently,
  };
};
