import { beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../../functions/promises.ts';
import {
  patience,
  readTemplate,
  type Resource,
  resourcesOf,
  stackNames,
  type Template,
} from '../templates.ts';

const alarmTypes = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
const nameOf = ({ properties }: Resource): string => properties['AlarmName'];
const tagsOf = ({ properties }: Resource): Record<string, string> =>
  Object.fromEntries(properties['Tags'].map((tag: { Key: string; Value: string }) => [tag.Key, tag.Value]));
const metricAlarms = (template: Template): Resource[] => resourcesOf(template, 'AWS::CloudWatch::Alarm');
const called = (template: Template, name: string): Resource => {
  const found = resourcesOf(template).find(
    (resource) => alarmTypes.includes(resource.type) && nameOf(resource) === `fanfare-dev/${name}`,
  );
  if (found === undefined) {
    throw new Error(`There is no alarm ${name}.`);
  }
  return found;
};

describe.each(stackNames)('the alarms of %s', (name) => {
  let template: Template;
  beforeAll(async () => {
    template = await readTemplate(name);
  }, patience);

  it('carry whom they belong to, how urgent they are and which promise is in danger, into their events', () => {
    const { team, product, promises } = services[name];
    const ids = promises.map(({ id }): string => id);
    for (const alarm of alarmTypes.flatMap((type) => resourcesOf(template, type))) {
      expect(tagsOf(alarm)).toMatchObject({ Service: name, Team: team, Product: product, Stage: 'dev' });
      expect(['page', 'ticket']).toContain(tagsOf(alarm)['Severity']);
      for (const promise of tagsOf(alarm)['Promise']?.split(' ') ?? []) {
        expect(ids).toContain(promise);
      }
      expect(alarm.properties['ActionConfiguration']).toEqual({ AlarmTagsPropagation: { Enabled: true } });
    }
  });

  it('tell nobody by themselves: one composite a severity does, at its beginning and its end', () => {
    for (const { properties } of metricAlarms(template)) {
      expect(properties['AlarmActions'] ?? []).toEqual([]);
    }
    const composites = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm');
    expect(composites.map(nameOf)).toEqual([`fanfare-dev/${name}/page`, `fanfare-dev/${name}/ticket`]);
    for (const { properties } of composites) {
      expect(properties['AlarmActions']).toHaveLength(1);
      expect(properties['OKActions']).toEqual(properties['AlarmActions']);
      expect(JSON.stringify(properties['AlarmActions'])).toContain(services[name].team);
    }
  });

  it('are each evidence of exactly one composite, which stays within CloudWatch’s limits', () => {
    const rules = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm').map(({ properties }) =>
      JSON.stringify(properties['AlarmRule']),
    );
    for (const { id } of metricAlarms(template)) {
      expect(rules.filter((rule) => rule.includes(`"${id}"`))).toHaveLength(1);
    }
    for (const rule of rules) {
      expect(rule.split('ALARM(').length - 1).toBeLessThanOrEqual(100);
      // An ARN is longer than its reference, by less than twice.
      expect(2 * rule.length).toBeLessThan(10_240 * 2);
    }
  });

  it('look back no further than CloudWatch does', () => {
    for (const { properties } of metricAlarms(template)) {
      const periods = [
        properties['Period'],
        ...(properties['Metrics'] ?? []).map(
          (query: { MetricStat?: { Period: number } }) => query.MetricStat?.Period,
        ),
      ].filter((period) => period !== undefined);
      expect(new Set(periods).size).toBe(1);
      const seconds = periods[0] * properties['EvaluationPeriods'];
      expect(seconds).toBeLessThanOrEqual(periods[0] < 3600 ? 86_400 : 604_800);
      expect(properties['AlarmDescription'].length).toBeLessThanOrEqual(1024);
    }
  });
});

describe('what is derived', () => {
  let template: Template;
  beforeAll(async () => {
    template = await readTemplate('personalise');
  }, patience);

  it('of a ratio: pairs of windows that are in alarm together, and unknown without traffic', () => {
    const { properties } = called(template, 'personalise/pictures-in-time/5m-14.4x');
    expect(properties).toMatchObject({
      Threshold: 14.4,
      EvaluationPeriods: 1,
      TreatMissingData: 'missing',
    });
    expect(properties['Metrics']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Expression: 'IF((ended) >= 10, (1 - (inTime) / (ended)) / 0.05)' }),
        expect.objectContaining({
          Id: 'inTime',
          MetricStat: {
            Metric: {
              Namespace: 'Fanfare/personalise',
              MetricName: 'JobDuration',
              Dimensions: [{ Name: 'service', Value: 'personalise' }],
            },
            Period: 300,
            Stat: 'TC(:30000)',
          },
        }),
      ]),
    );
    const rule = JSON.stringify(called(template, 'personalise/page').properties['AlarmRule']);
    const [long, short] = ['1h-14.4x', '5m-14.4x'].map(
      (part) => called(template, `personalise/pictures-in-time/${part}`).id,
    );
    expect(rule).toMatch(new RegExp(`\\(ALARM[^)]*"${long}"[^)]*\\) AND ALARM[^)]*"${short}"`, 'u'));
  });

  it('of a bound: broken beyond it, unknown when nothing happened', () => {
    expect(called(template, 'personalise/accepted-jobs-end').properties).toMatchObject({
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'missing',
    });
  });

  it('of a function: errors, throttles, time near the time-out, concurrency near its limit', () => {
    expect(called(template, 'personalise/render-errors').properties).toMatchObject({
      Threshold: 5,
      DatapointsToAlarm: 2,
      EvaluationPeriods: 3,
      TreatMissingData: 'notBreaching',
    });
    expect(called(template, 'personalise/render-throttles').properties).toMatchObject({
      MetricName: 'Throttles',
      Threshold: 1,
    });
    expect(called(template, 'personalise/render-duration').properties).toMatchObject({
      ExtendedStatistic: 'p99',
      Threshold: 27_000,
    });
    expect(called(template, 'personalise/render-concurrency').properties).toMatchObject({
      MetricName: 'ConcurrentExecutions',
      Threshold: 9,
    });
    expect(() => called(template, 'personalise/campaigns-concurrency')).toThrow('There is no alarm');
  });

  it('of a queue: its age, its backlog, and dead letters at the first one', () => {
    expect(called(template, 'personalise/render-queue-age').properties).toMatchObject({
      MetricName: 'ApproximateAgeOfOldestMessage',
      Threshold: 120,
      EvaluationPeriods: 3,
    });
    expect(called(template, 'personalise/render-queue-backlog').properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 10_000,
    });
    for (const queue of ['render', 'accept-upload']) {
      expect(called(template, `personalise/${queue}-dead-letters`).properties).toMatchObject({
        Threshold: 1,
        EvaluationPeriods: 1,
        TreatMissingData: 'notBreaching',
      });
    }
  });

  it('of an API: failures, refusals, and the latency of what answers at once', () => {
    const latency = called(template, 'personalise/api-latency').properties;
    expect(latency['Metrics']).toHaveLength(3);
    expect(JSON.stringify(latency['Metrics'])).not.toContain('JobStatus');
    expect(called(template, 'personalise/api-failures').properties).toMatchObject({ Threshold: 5 });
    expect(called(template, 'personalise/api-refusals').properties).toMatchObject({ Threshold: 50 });
  });
});
