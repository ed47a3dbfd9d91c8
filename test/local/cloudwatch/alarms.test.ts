import { describe, expect, it } from 'vitest';
import { alarmEventOf } from '../../../local/cloudwatch/alarm-event.ts';
import { notificationOf, subjectOf } from '../../../local/cloudwatch/alarm-notification.ts';
import { type AlarmChange, Alarms } from '../../../local/cloudwatch/alarms.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import type { StackOf } from '../stage/assembly-fixture.ts';
import { alarmsOf, compositeAlarm, mathAlarm, metricAlarm } from './template-alarms.ts';

const place = { account: '000000000000', region: 'eu-west-1' };
const begin = Date.UTC(2026, 10, 21, 10, 0, 0);

/** Alarms on a clock that only the test moves. */
async function watch(resources: StackOf['resources']) {
  let now = begin;
  const alarms = new Alarms(await alarmsOf(resources), begin);
  const store = new MetricStore({ minuteMs: 60_000, retainedMinutes: 600, valued: [], now: () => now });
  const changes: AlarmChange[] = [];
  alarms.onChange((change) => changes.push(change));
  return {
    alarms,
    changes,
    told: () => changes.map(({ alarm, to }) => `${alarm.name} ${to.state}`),
    add: (name: string, value: number) =>
      store.series({ namespace: 'Small', name, dimensions: {} }).add(value),
    /** The minute ends, and the alarms are judged. */
    pass: (minutes = 1) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        now += 60_000;
        alarms.evaluate(store, store.minute, now);
      }
    },
  };
}

describe('alarms', () => {
  it('know nothing at first, and say why', async () => {
    const { alarms } = await watch({ Made: metricAlarm('made') });
    expect(alarms.status('made')).toEqual({
      state: 'INSUFFICIENT_DATA',
      reason: 'Unchecked: Initial alarm creation',
      reasonData: undefined,
      since: begin,
    });
  });

  it('change once, and tell it once', async () => {
    const { add, pass, told } = await watch({
      Made: metricAlarm('made', { TreatMissingData: 'notBreaching' }),
    });
    pass(3);
    add('made', 1);
    pass();
    add('made', 2);
    pass();
    pass(5);
    expect(told()).toEqual(['made OK', 'made ALARM', 'made OK']);
  });

  it('slide a longer window by the minute', async () => {
    const { add, pass, alarms } = await watch({
      Made: metricAlarm('made', { Period: 300, Threshold: 5, TreatMissingData: 'notBreaching' }),
    });
    for (let minute = 0; minute < 5; minute += 1) {
      expect(alarms.state('made')).not.toBe('ALARM');
      add('made', 1);
      pass();
    }
    expect(alarms.state('made')).toBe('ALARM');
  });

  it('judge what several expressions make of several metrics', async () => {
    const { add, pass, alarms } = await watch({
      Math: mathAlarm({ share: 'IF(enough, made / asked)', enough: 'asked >= 10' }, { Threshold: 0.5 }),
    });
    add('asked', 4);
    pass();
    expect(alarms.state('math')).toBe('INSUFFICIENT_DATA');
    add('asked', 10);
    add('made', 9);
    pass();
    expect(alarms.state('math')).toBe('OK');
    add('asked', 10);
    pass();
    expect(alarms.state('math')).toBe('ALARM');
    expect(alarms.status('math').reasonData).toMatchObject({ recentDatapoints: [0], period: 60 });
  });

  it('are found by the end of their name', async () => {
    const { alarms } = await watch({
      A: metricAlarm('fanfare-dev/personalise/render-errors'),
      B: metricAlarm('fanfare-dev-studio-edit-errors'),
      C: metricAlarm('fanfare-dev/studio/render-errors'),
    });
    expect(alarms.alarm('edit-errors').name).toBe('fanfare-dev-studio-edit-errors');
    expect(alarms.alarm('personalise/render-errors').name).toBe('fanfare-dev/personalise/render-errors');
    expect(() => alarms.state('render-errors')).toThrow('There are several alarms render-errors');
    expect(() => alarms.state('errors-of-nobody')).toThrow('There is no alarm errors-of-nobody; there are');
  });

  it('can be waited for, and say how they stand when it takes too long', async () => {
    const { alarms, add, pass } = await watch({ Made: metricAlarm('made') });
    const waiting = alarms.untilState('made', 'ALARM', 1000);
    const evaluated = alarms.untilEvaluated(2, 1000);
    add('made', 1);
    pass(2);
    expect(await waiting).toMatchObject({ state: 'ALARM', since: begin + 60_000 });
    await evaluated;
    await expect(alarms.until(({ history }) => history.length > 9, 1)).rejects.toThrow(
      'Not within 1 ms. The alarms: {"made":"ALARM"}',
    );
  });
});

describe('composite alarms', () => {
  const resources = {
    Low: metricAlarm('low', { TreatMissingData: 'notBreaching' }),
    Other: metricAlarm('other', { MetricName: 'other', TreatMissingData: 'notBreaching' }),
    Both: compositeAlarm('both', 'ALARM(low) AND ALARM(other)'),
    Top: compositeAlarm('top', 'ALARM(both) OR NOT OK(other)', { AlarmDescription: 'People notice.' }),
  };

  it('change with their children, in the same moment', async () => {
    const { add, pass, told } = await watch(resources);
    pass();
    expect(told()).toEqual(['both OK', 'top ALARM', 'low OK', 'other OK', 'top OK']);
    add('made', 1);
    pass();
    add('made', 1);
    add('other', 1);
    pass();
    expect(told().slice(5)).toEqual(['low ALARM', 'other ALARM', 'both ALARM', 'top ALARM']);
  });

  it('tell which child it was', async () => {
    const { add, pass, changes } = await watch(resources);
    pass();
    add('made', 1);
    add('other', 1);
    pass();
    const change = changes.findLast(({ alarm }) => alarm.name === 'both');
    expect(change?.to).toEqual({
      state: 'ALARM',
      since: begin + 120_000,
      reason:
        'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:other transitioned to ALARM at Saturday 21 November, 2026 10:02:00 UTC',
      reasonData: {
        triggeringAlarms: [
          {
            arn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:other',
            state: { value: 'ALARM', timestamp: '2026-11-21T10:02:00.000+0000' },
          },
        ],
      },
    });
    expect(changes[0]?.to.reason).toBe(
      'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:both was created and its alarm rule evaluates to OK',
    );
  });

  it('are told as CloudWatch tells them', async () => {
    const { add, pass, changes } = await watch(resources);
    pass();
    add('other', 1);
    pass();
    const change = changes.findLast(({ alarm }) => alarm.name === 'top');
    if (change === undefined) throw new Error('top did not change');
    expect(subjectOf(change, place)).toBe('ALARM: "top" in EU (Ireland)');
    expect(notificationOf(change, place, begin)).toEqual({
      AlarmName: 'top',
      AlarmDescription: 'People notice.',
      AWSAccountId: '000000000000',
      AlarmConfigurationUpdatedTimestamp: '2026-11-21T10:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason:
        'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:other transitioned to ALARM at Saturday 21 November, 2026 10:02:00 UTC',
      StateChangeTime: '2026-11-21T10:02:00.000+0000',
      Region: 'EU (Ireland)',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:top',
      OldStateValue: 'OK',
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      AlarmRule: 'ALARM(both) OR NOT OK(other)',
      TriggeringChildren: [
        {
          Arn: 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:other',
          State: { Value: 'ALARM', Timestamp: '2026-11-21T10:02:00.000+0000' },
        },
      ],
    });
    expect(alarmEventOf(change)).toMatchObject({
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      time: '2026-11-21T10:02:00Z',
      resources: ['arn:aws:cloudwatch:eu-west-1:000000000000:alarm:top'],
      detail: {
        alarmName: 'top',
        state: { value: 'ALARM', timestamp: '2026-11-21T10:02:00.000+0000' },
        previousState: { value: 'OK' },
        configuration: { alarmRule: 'ALARM(both) OR NOT OK(other)', description: 'People notice.' },
      },
    });
  });
});

describe('the notification of a metric alarm', () => {
  const firstChange = async (resources: StackOf['resources']): Promise<AlarmChange> => {
    const { add, pass, changes } = await watch(resources);
    add('made', 3);
    add('asked', 4);
    pass();
    const [change] = changes;
    if (change === undefined) throw new Error('nothing changed');
    return change;
  };

  it('has what triggered it, as CloudWatch writes it', async () => {
    const change = await firstChange({
      Made: metricAlarm('made', {
        DatapointsToAlarm: 1,
        Tags: [{ Key: 'Team', Value: 'campaigns' }],
        ActionConfiguration: { AlarmTagsPropagation: { Enabled: true } },
      }),
    });
    expect(notificationOf(change, place, begin)).toMatchObject({
      AlarmDescription: null,
      OldStateValue: 'INSUFFICIENT_DATA',
      AlarmTags: [{ Key: 'Team', Value: 'campaigns' }],
      AlarmTagsStatus: 'SUCCESS',
      Trigger: {
        MetricName: 'made',
        Namespace: 'Small',
        StatisticType: 'Statistic',
        Statistic: 'SUM',
        Unit: null,
        Dimensions: [],
        Period: 60,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 1,
        TreatMissingData: 'missing',
        EvaluateLowSampleCountPercentile: '',
      },
    });
    expect(alarmEventOf(change).detail).toMatchObject({
      alarmTags: { Team: 'campaigns' },
      alarmTagsStatus: 'SUCCESS',
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: { namespace: 'Small', name: 'made', dimensions: {} },
              period: 60,
              stat: 'Sum',
            },
            returnData: true,
          },
        ],
      },
    });
    expect(
      JSON.parse(String(Reflect.get(Object(alarmEventOf(change).detail['state']), 'reasonData'))),
    ).toMatchObject({
      version: '1.0',
      recentDatapoints: [3],
    });
  });

  it('has the expressions of metric math', async () => {
    const change = await firstChange({ Math: mathAlarm({ share: 'made / asked' }) });
    expect(notificationOf(change, place, begin)['Trigger']).toEqual({
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'missing',
      EvaluateLowSampleCountPercentile: '',
      Metrics: [
        { Id: 'share', Expression: 'made / asked', ReturnData: true },
        ...['asked', 'made'].map((Id) => ({
          Id,
          MetricStat: {
            Metric: { MetricName: Id, Namespace: 'Small', Dimensions: [] },
            Period: 60,
            Stat: 'Sum',
          },
          ReturnData: false,
        })),
      ],
    });
  });
});
