import { describe, expect, it } from 'vitest';
import prices from '../../../lib/prices.json' with { type: 'json' };
import { type CostlyResource, idleCost } from '../../../tools/cost/idle-cost.ts';

const linesOf = (...resources: CostlyResource[]): Record<string, number> =>
  Object.fromEntries(
    idleCost(resources, prices).map(({ what, dollars }) => [what, Number(dollars.toFixed(2))]),
  );
const alarm = (properties: CostlyResource['properties']): CostlyResource => ({
  type: 'AWS::CloudWatch::Alarm',
  properties,
});
const many = (count: number, type: string, properties = {}): CostlyResource[] =>
  Array.from({ length: count }, () => ({ type, properties }));

describe('what nobody uses costs', () => {
  it('by each metric that an alarm looks at, not by its expressions', () => {
    const math = alarm({
      Metrics: [
        { Expression: 'a / b', Id: 'e' },
        { Id: 'a', MetricStat: {} },
        { Id: 'b', MetricStat: {} },
      ],
    });
    expect(linesOf(alarm({ MetricName: 'Errors' }), math)).toEqual({ 'metric alarms (3 metrics)': 0.3 });
  });

  it('half a dollar for each composite, and three for each dashboard beyond the third', () => {
    expect(
      linesOf(...many(2, 'AWS::CloudWatch::CompositeAlarm'), ...many(5, 'AWS::CloudWatch::Dashboard')),
    ).toEqual({ 'composite alarms': 1, 'dashboards beyond the first 3': 6 });
    expect(linesOf(...many(3, 'AWS::CloudWatch::Dashboard'))).toEqual({});
  });

  it('once for a secret that two functions read', () => {
    const reader = { Environment: { Variables: { NOTIFY_SECRET_NAME: 'fanfare/dev/notify' } } };
    expect(linesOf(...many(2, 'AWS::Lambda::Function', reader))).toEqual({ secrets: 0.4 });
  });

  it('a dollar for a key that signs, and a secret for each sender of events', () => {
    const receiver = { Environment: { Variables: { CONNECTION_SECRET_PREFIX: 'fanfare/dev/' } } };
    const resources = [...many(1, 'AWS::KMS::Key'), ...many(1, 'AWS::Lambda::Function', receiver)];
    expect(idleCost(resources, prices, 4)).toEqual([
      { what: 'secrets', count: 4, dollars: 1.6 },
      { what: 'keys that sign', count: 1, dollars: 1 },
    ]);
  });

  it('about six dollars for the cache', () => {
    expect(linesOf(...many(1, 'AWS::ElastiCache::ServerlessCache'))['Valkey’s floor']).toBeCloseTo(6.11);
  });

  it('a cent for a function that runs each minute', () => {
    const [line] = idleCost(many(1, 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' }), prices);
    expect(line).toMatchObject({ count: 43_800, what: 'scheduled invocations' });
    expect(line?.dollars).toBeCloseTo(0.00876);
  });
});
