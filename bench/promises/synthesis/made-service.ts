import { Duration } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import * as z from 'zod';
import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { OwnedFunction } from '../../../lib/constructs/owned-function.ts';
import { WorkQueue } from '../../../lib/constructs/work-queue.ts';
import { OwnedStack } from '../../../lib/stacks/owned-stack.ts';

export const madeName = (number: number): string => `made-${String(number).padStart(3, '0')}`;
/** The one function of a made service. */
export const madeFunction = 'work';

/** What a made service promises: as much as a small real one. */
export const madeDocument = (number: number): PromiseDocument => ({
  service: madeName(number),
  product: `Made service ${number}`,
  team: 'platform',
  version: '1.0.0',
  changes: [{ version: '1.0.0', date: '2026-11-21', what: 'The first promises.' }],
  description: 'Works off messages, and is there to be measured.',
  promises: [
    {
      id: 'work-done',
      statement: 'Every message is worked off at its first try.',
      functions: [madeFunction],
      measure: {
        kind: 'ratio',
        metrics: {
          all: { of: 'function', name: madeFunction, metric: 'Invocations', statistic: 'Sum' },
          failed: { of: 'function', name: madeFunction, metric: 'Errors', statistic: 'Sum' },
        },
        good: 'all - failed',
        total: 'all',
      },
      objective: { atLeast: 0.99 },
      windowDays: 30,
      conditions: [],
      whenBroken: { consumerSees: 'The work is done later.', consumerShould: 'Wait until it is done.' },
      minimumTraffic: 10,
    },
  ],
  dependsOn: [
    {
      on: { service: 'foundation', promise: 'alarms-reach-people' },
      whenBroken: 'What is wrong is found later.',
      alternatives: [{ kind: 'second-provider', how: 'The dashboard shows it.' }],
    },
    {
      on: { provider: 'Amazon SQS' },
      whenBroken: 'No work arrives until it is back.',
      alternatives: [],
      singlePointOfFailure: 'It is there to be measured.',
    },
  ],
  expects: [],
  checklist: [{ alarms: ['*'], steps: [{ look: 'What does the function throw?' }] }],
});

/** The headings that its alarms ask of the runbook. */
export const madeHeadings = (number: number): string =>
  [
    'page',
    'ticket',
    'work-done',
    ...['errors', 'throttles', 'duration', 'concurrency'].map((kind) => `${madeFunction}-${kind}`),
    ...['queue-age', 'queue-backlog', 'dead-letters'].map((kind) => `jobs-${kind}`),
  ]
    .map((subject) => `## ${madeName(number)}/${subject}\n`)
    .join('\n');

/** A function, its queue and its dead letters. */
export function makeService(app: App, document: PromiseDocument): OwnedStack {
  const stack = new OwnedStack(app, document, 'dev');
  const work = new OwnedFunction(stack, 'Work', {
    name: madeFunction,
    description: 'Works off messages',
    memoryMb: 128,
    timeout: Duration.seconds(10),
    schema: z.object({}),
    environment: {},
  });
  new WorkQueue(stack, 'Jobs', {
    name: 'jobs',
    consumer: work,
    batchSize: 10,
    maxConcurrency: 10,
    maxWait: Duration.minutes(5),
    maxBacklog: 1000,
  });
  return stack;
}
