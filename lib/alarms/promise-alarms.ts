import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { boundWindow, burnPairs, partOf } from '../../functions/contracts/burn-rate.ts';
import type { ServicePromise } from '../../functions/contracts/promise.ts';
import type { AlarmPlan } from './service-alarm.ts';
import type { ServiceResources } from './service-resources.ts';

/** Too little traffic, or none, gives no data point, and no data point means INSUFFICIENT_DATA: nobody knows, which is not the same as kept. */
const missing = TreatMissingData.MISSING;

/** What is watched of a promise: how fast its error budget burns, or whether its bound holds. */
export function promiseAlarms(promise: ServicePromise, resources: ServiceResources): AlarmPlan[] {
  const { id, measure, objective, minimumTraffic } = promise;
  if (measure.kind === 'bound' && 'atMost' in objective) {
    return [
      {
        subject: id,
        severity: 'page',
        means: `Broken: ${promise.statement}`,
        promises: [id],
        metric: resources.math(
          `IF((${measure.total}) >= ${minimumTraffic}, ${measure.value})`,
          measure.metrics,
          Duration.minutes(boundWindow.minutes),
          measure.unit,
        ),
        comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
        threshold: objective.atMost,
        breaching: 1,
        of: 1,
        missing,
      },
    ];
  }
  if (measure.kind === 'ratio' && 'atLeast' in objective) {
    // Rounded, for in binary 1 − 0.95 is a little more than 0.05.
    const budget = Number((1 - objective.atLeast).toPrecision(6));
    return burnPairs(objective.atLeast).flatMap((pair) =>
      [
        { window: pair.long, other: pair.short },
        { window: pair.short, other: pair.long },
      ].map(({ window, other }) => ({
        subject: id,
        part: partOf(pair, window),
        andPart: partOf(pair, other),
        severity: pair.severity,
        means: `The error budget has burnt ${pair.factor === 1 ? '' : `${pair.factor} times `}too fast for ${window.name}. Promised: ${promise.statement}`,
        promises: [id],
        metric: resources.math(
          `IF((${measure.total}) >= ${minimumTraffic}, (1 - (${measure.good}) / (${measure.total})) / ${budget})`,
          measure.metrics,
          Duration.minutes(window.minutes),
          'Burn rate',
        ),
        threshold: pair.factor,
        breaching: 1,
        of: 1,
        missing,
      })),
    );
  }
  throw new Error(
    `The promise ${id} measures a ${measure.kind}: give it an objective that fits (atLeast for a ratio, atMost for a bound).`,
  );
}
