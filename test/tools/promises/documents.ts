import fc from 'fast-check';
import type { Dependency, PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';

/** A promise as good as any, but for what a test cares about. */
export function promiseOf(id: string, changes: Partial<ServicePromise> = {}): ServicePromise {
  return {
    id,
    statement: 'Whoever asks gets an answer.',
    functions: ['answer'],
    measure: {
      kind: 'ratio',
      metrics: {
        requests: { of: 'api', metric: 'Count', statistic: 'Sum' },
        failures: { of: 'api', metric: '5xx', statistic: 'Sum' },
      },
      good: 'requests - failures',
      total: 'requests',
    },
    objective: { atLeast: 0.99 },
    windowDays: 30,
    conditions: ['It is asked at most ten times a second.'],
    whenBroken: { consumerSees: 'Requests are answered with 5xx.', consumerShould: 'Ask again later.' },
    minimumTraffic: 20,
    ...changes,
  };
}

/** A document as good as any, but for what a test cares about. */
export function documentOf(service: string, changes: Partial<PromiseDocument> = {}): PromiseDocument {
  return {
    service,
    product: `The ${service}`,
    team: 'platform',
    version: '1.0.0',
    changes: [{ version: '1.0.0', date: '2026-01-01', what: 'The first promises.' }],
    description: 'A service that is there for tests.',
    promises: [promiseOf('answers')],
    dependsOn: [],
    expects: [],
    checklist: [],
    ...changes,
  };
}

/** On `cache/answers`, a promise, or `Amazon S3`, a provider; with an alternative. */
export function helped(on: string): Dependency {
  return {
    on: targetOf(on),
    whenBroken: 'It goes on with less.',
    alternatives: [{ kind: 'retry', how: 'It tries again later.' }],
  };
}

/** The same without an alternative, and with a reason for that. */
export function bare(on: string): Dependency {
  return {
    on: targetOf(on),
    whenBroken: 'Nothing works any more.',
    alternatives: [],
    singlePointOfFailure: 'There is only one of these.',
  };
}

function targetOf(on: string): Dependency['on'] {
  const [service = '', promise] = on.split('/');
  return promise === undefined ? { provider: on } : { service, promise };
}

const providers = ['Amazon S3', 'AWS Lambda', 'Amazon SQS', 'GitHub webhooks', 'PagerDuty'];

/** Services that depend on each other without circles, and on providers. */
export const systems: fc.Arbitrary<PromiseDocument[]> = fc
  .array(
    fc.record({
      promises: fc.integer({ min: 1, max: 4 }),
      wishes: fc.array(fc.record({ pick: fc.nat(), hasAlternative: fc.boolean() }), { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((plans) => {
    const made: string[] = [];
    return plans.map(({ promises, wishes }, index) => {
      const targets = [...providers, ...made];
      const dependsOn = new Map(
        wishes.map(({ pick, hasAlternative }) => {
          const target = targets[pick % targets.length] ?? 'Amazon S3';
          return [target, hasAlternative ? helped(target) : bare(target)] as const;
        }),
      );
      const service = `service-${index}`;
      const ids = Array.from(
        { length: promises },
        (_, promise) => `promise-${'x'.repeat(promise * 5)}${promise}`,
      );
      made.push(...ids.map((id) => `${service}/${id}`));
      return documentOf(service, {
        promises: ids.map((id) => promiseOf(id)),
        dependsOn: [...dependsOn.values()],
      });
    });
  });
