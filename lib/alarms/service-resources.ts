import type { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import type { MetricReference } from '../../functions/contracts/promise.ts';
import { Cache } from '../constructs/cache.ts';
import { DeadLetters } from '../constructs/dead-letters.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { ServiceApi } from '../constructs/service-api.ts';
import { WorkQueue } from '../constructs/work-queue.ts';
import { documentOf, stackFileOf } from '../ownership/finding.ts';
import { NotOwned } from '../ownership/not-owned.ts';
import type { OwnedStack } from '../stacks/owned-stack.ts';

/** What a service is built of, as far as it can be watched. */
export class ServiceResources {
  readonly functions: readonly OwnedFunction[];
  readonly queues: readonly WorkQueue[];
  readonly deadLetters: readonly DeadLetters[];
  readonly apis: readonly ServiceApi[];
  readonly caches: readonly Cache[];
  readonly #service: string;

  constructor(stack: OwnedStack) {
    const all = stack.node.findAll();
    this.#service = stack.service.service;
    this.functions = ofType(all, OwnedFunction);
    this.queues = ofType(all, WorkQueue);
    this.deadLetters = ofType(all, DeadLetters);
    this.apis = ofType(all, ServiceApi);
    this.caches = ofType(all, Cache);
  }

  /** What a promise document refers to, a value each `period`. Throws `NotOwned`, with what there is, when the service has nothing of that name. */
  metric(reference: MetricReference, period: Duration): IMetric {
    const options = { period, statistic: reference.statistic };
    switch (reference.of) {
      case 'service':
        return new Metric({
          ...options,
          namespace: `Fanfare/${this.#service}`,
          metricName: reference.metric,
          // Powertools adds the service to every metric.
          dimensionsMap: { service: this.#service },
        });
      case 'function':
        return called(this.functions, reference.name, 'function', this.#service).lambda.metric(
          reference.metric,
          options,
        );
      case 'queue':
        return called(this.queues, reference.name, 'queue', this.#service).queue.metric(
          reference.metric,
          options,
        );
      case 'dead-letters':
        return called(this.deadLetters, reference.name, 'dead-letter queue', this.#service).queue.metric(
          reference.metric,
          options,
        );
      case 'api':
        return the(this.apis, 'API', this.#service).api.metric(reference.metric, options);
      case 'cache':
        return the(this.caches, 'cache', this.#service).metric(reference.metric, options);
    }
  }

  /** `expression` over the metrics that it names. */
  math(
    expression: string,
    metrics: Readonly<Record<string, MetricReference>>,
    period: Duration,
    label: string,
  ): MathExpression {
    return new MathExpression({
      expression,
      label,
      period,
      usingMetrics: Object.fromEntries(
        Object.entries(metrics).map(([id, reference]) => [id, this.metric(reference, period)]),
      ),
    });
  }
}

function ofType<T extends IConstruct>(
  all: readonly IConstruct[],
  type: abstract new (...args: never[]) => T,
): T[] {
  return all.filter((construct): construct is T => construct instanceof type);
}

/** Throws `NotOwned`, with the names that there are, when nothing is called so. */
function called<T extends { readonly name: string }>(
  all: readonly T[],
  name: string,
  kind: string,
  service: string,
): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) {
    const names = all.map((each) => each.name).join(', ');
    throw notThere(service, `the ${kind} “${name}”`, names === '' ? 'none' : `only ${names}`);
  }
  return found;
}

function the<T>([only]: readonly T[], kind: string, service: string): T {
  if (only === undefined) {
    throw notThere(service, `its ${kind}`, 'none');
  }
  return only;
}

const notThere = (service: string, what: string, there: string): NotOwned =>
  new NotOwned([
    {
      rule: 'measure-of-nothing',
      construct: documentOf(service),
      problem: `A promise of ${service} measures ${what}, and the service has ${there}.`,
      mend: `Correct the metric in ${documentOf(service)}, or create what it measures in ${stackFileOf(service)}.`,
    },
  ]);
