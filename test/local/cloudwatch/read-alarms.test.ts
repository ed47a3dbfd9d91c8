import { describe, expect, it } from 'vitest';
import type { Json } from '../stage/assembly-fixture.ts';
import { alarmsOf, compositeAlarm, mathAlarm, metricAlarm } from './template-alarms.ts';

describe('an alarm of the template', () => {
  it('has the name and ARN that others refer to', async () => {
    const [first, second] = await alarmsOf({
      Made: metricAlarm('fanfare-dev/small/made'),
      Service: compositeAlarm('fanfare-dev/small/page', {
        'Fn::Join': [
          '',
          ['ALARM("', { 'Fn::GetAtt': ['Made', 'Arn'] }, '") OR ALARM(', { Ref: 'Made' }, ')'],
        ],
      }),
    });
    expect(first).toMatchObject({
      name: 'fanfare-dev/small/made',
      arn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:fanfare-dev/small/made',
    });
    expect(second).toMatchObject({ kind: 'composite', children: ['fanfare-dev/small/made'] });
  });

  it('comes after those that it is composed of', async () => {
    const alarms = await alarmsOf({
      Top: compositeAlarm('top', 'ALARM(middle) OR ALARM(low)'),
      Middle: compositeAlarm('middle', 'ALARM(low)'),
      Low: metricAlarm('low'),
    });
    expect(alarms.map(({ name }) => name)).toEqual(['low', 'middle', 'top']);
  });

  it('sends the tags that its template says', async () => {
    const tags = [
      { Key: 'Team', Value: 'campaigns' },
      { Key: 'Stage', Value: 'dev' },
    ];
    const sentWith = async (propagation: Json | undefined) => {
      const [alarm] = await alarmsOf({
        Made: metricAlarm('made', {
          Tags: tags,
          ...(propagation === undefined
            ? {}
            : { ActionConfiguration: { AlarmTagsPropagation: propagation } }),
        }),
      });
      return alarm?.sentTags;
    };
    expect(await sentWith(undefined)).toBeUndefined();
    expect(await sentWith({ Enabled: false })).toBeUndefined();
    expect(await sentWith({ Enabled: true })).toEqual({ Team: 'campaigns', Stage: 'dev' });
    expect(await sentWith({ Enabled: true, IncludedTagKeys: ['Team'] })).toEqual({ Team: 'campaigns' });
    expect(await sentWith({ Enabled: true, ExcludedTagKeys: ['Team'] })).toEqual({ Stage: 'dev' });
  });

  it('looks back two periods more than it evaluates', async () => {
    const [alarm] = await alarmsOf({ Made: metricAlarm('made', { Period: 300, EvaluationPeriods: 3 }) });
    expect(alarm).toMatchObject({ lookBackMinutes: 25 });
  });
});

describe('an alarm that the stage cannot follow', () => {
  it.each<[string, Awaited<Parameters<typeof alarmsOf>[0]>, string]>([
    [
      'an unknown statistic',
      { A: metricAlarm('made', { Statistic: 'Median' }) },
      'The alarm made: The local stage does not know the statistic Median',
    ],
    [
      'no statistic',
      { A: metricAlarm('made', { Statistic: { Ref: 'AWS::NoValue' } }) },
      'The alarm made: it needs Namespace, MetricName, Period and Statistic, or Metrics',
    ],
    [
      'seconds',
      { A: metricAlarm('made', { Period: 30 }) },
      'the local stage knows periods of whole minutes only',
    ],
    [
      'more than CloudWatch looks back',
      { A: metricAlarm('made', { EvaluationPeriods: 1441 }) },
      'The alarm made: 1441 periods of 60 s are more than the 86400 s',
    ],
    [
      'M greater than N',
      { A: metricAlarm('made', { DatapointsToAlarm: 2 }) },
      'The alarm made: 2 of 1 data points can never breach',
    ],
    [
      'an action that is no topic',
      { A: metricAlarm('made', { AlarmActions: ['arn:aws:lambda:eu-west-1:0:function:x'] }) },
      'the local stage knows actions on SNS topics only',
    ],
    [
      'a property that it does not follow',
      { A: metricAlarm('made', { ThresholdMetricId: 'ad1' }) },
      'the local stage does not follow this property',
    ],
    [
      'a unit',
      { A: metricAlarm('made', { Unit: 'Count' }) },
      'the local stage does not follow this property',
    ],
    [
      'few samples ignored',
      { A: metricAlarm('made', { EvaluateLowSampleCountPercentile: 'ignore' }) },
      'the local stage evaluates percentiles of however few samples',
    ],
    [
      'an unknown function',
      { A: mathAlarm({ e1: 'RATE(made)' }) },
      'The alarm math: e1 = RATE(made): the local stage does not know the function RATE',
    ],
    [
      'an unknown id',
      { A: mathAlarm({ e1: 'made / askd' }) },
      'The alarm math: e1 = made / askd: there is no askd; there are asked, made',
    ],
    [
      'expressions in a circle',
      { A: mathAlarm({ e1: 'e2 + 1', e2: 'e1 + 1' }) },
      'The alarm math: its expressions go round in a circle: e1 → e2 → e1',
    ],
    [
      'two results',
      {
        A: mathAlarm(
          {},
          { Metrics: ['a', 'b'].map((Id) => ({ Id, Expression: 'TIME_SERIES(1)', Period: 60 })) },
        ),
      },
      'The alarm math: one of its metrics must return data, not 2',
    ],
    [
      'no period',
      { A: mathAlarm({}, { Metrics: [{ Id: 'a', Expression: 'TIME_SERIES(1)' }] }) },
      'The alarm math: its metrics need one period; they have none',
    ],
    [
      'an unknown child',
      { A: compositeAlarm('all', 'ALARM(nobody)') },
      'The alarm all: its rule names nobody, and there is no such alarm',
    ],
    [
      'a rule that cannot be read',
      { A: compositeAlarm('all', 'ALARM(') },
      'The alarm all: ALARM names no alarm',
    ],
    [
      'composites in a circle',
      { A: compositeAlarm('a', 'ALARM(b)'), B: compositeAlarm('b', 'NOT ALARM(a)') },
      'Composite alarms go round in a circle: a → b → a',
    ],
    [
      'a suppressor',
      { A: compositeAlarm('all', 'TRUE', { ActionsSuppressor: 'other' }) },
      'the local stage does not follow this property',
    ],
    ['a name twice', { A: metricAlarm('made'), B: metricAlarm('made') }, 'Two alarms have the name made.'],
    [
      'a name that is no text',
      { A: metricAlarm('made', { AlarmName: { Ref: 'AWS::StackName' } }) },
      'AlarmName of small/A is no plain text',
    ],
  ])('is an error that names it: %s', async (_name, resources, words) => {
    await expect(alarmsOf(resources)).rejects.toThrow(words);
  });
});
