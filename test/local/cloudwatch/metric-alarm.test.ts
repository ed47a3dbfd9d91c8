import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmState } from '../../../local/cloudwatch/alarm-state.ts';
import {
  type Evidence,
  judge,
  missingDataTreatments,
  type ThresholdRule,
} from '../../../local/cloudwatch/metric-alarm.ts';

const _ = undefined;
const rule = (options: Partial<ThresholdRule> = {}): ThresholdRule => ({
  comparison: 'GreaterThanThreshold',
  threshold: 10,
  evaluationPeriods: 3,
  datapointsToAlarm: undefined,
  treatMissingData: 'missing',
  periodSeconds: 60,
  statistic: 'Sum',
  ...options,
});
/** One value a minute until 10:00. */
const evidence = (values: Evidence['values']): Evidence => {
  const at = Date.UTC(2026, 10, 21, 10, 0, 0);
  return {
    values,
    timestamps: values.map((_value, index) => at - (values.length - index) * 60_000),
    sampleCounts: values.map((value) => (value === undefined ? undefined : 1)),
    at,
  };
};
/** `0` does not breach, `X` does, `-` is missing. */
const drawn = (points: string): Evidence =>
  evidence(points.split(' ').map((point) => (point === '-' ? undefined : point === 'X' ? 20 : 0)));

describe('an alarm with missing data', () => {
  // The tables of CloudWatch's guide, “How alarm state is evaluated when data is missing”.
  type Row = [
    points: string,
    missing: AlarmState,
    ignore: AlarmState | 'stays',
    breaching: AlarmState,
    notBreaching: AlarmState,
  ];
  const tables: readonly [number, readonly Row[]][] = [
    [
      3,
      [
        ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
        ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
        ['- - - - -', 'INSUFFICIENT_DATA', 'stays', 'ALARM', 'OK'],
        ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
        ['- - X - -', 'ALARM', 'stays', 'ALARM', 'OK'],
        ['- - - - X', 'INSUFFICIENT_DATA', 'stays', 'ALARM', 'OK'],
        ['X - - - -', 'ALARM', 'stays', 'ALARM', 'OK'],
      ],
    ],
    [
      2,
      [
        ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
        ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
        ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
        ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
        ['- - - X -', 'ALARM', 'stays', 'ALARM', 'OK'],
      ],
    ],
  ];
  const cases = tables.flatMap(([toAlarm, rows]) =>
    rows.flatMap(([points, ...expected]) =>
      missingDataTreatments.map((treatment, index) => ({
        points,
        toAlarm,
        treatment,
        expected: expected[index],
      })),
    ),
  );
  it.each(cases)(
    '$points, $toAlarm of 3, $treatment: $expected',
    ({ points, toAlarm, treatment, expected }) => {
      const verdict = judge(rule({ datapointsToAlarm: toAlarm, treatMissingData: treatment }), drawn(points));
      expect(verdict?.state ?? 'stays').toBe(expected);
    },
  );
});

describe('an alarm with all its data', () => {
  it.each([
    ['GreaterThanThreshold', 10, 'OK'],
    ['GreaterThanThreshold', 11, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 10, 'ALARM'],
    ['LessThanThreshold', 10, 'OK'],
    ['LessThanThreshold', 9, 'ALARM'],
    ['LessThanOrEqualToThreshold', 10, 'ALARM'],
  ] as const)('%s 10, at %d: %s', (comparison, value, state) => {
    const verdict = judge(rule({ comparison, evaluationPeriods: 1 }), evidence([0, 0, value]));
    expect(verdict?.state).toBe(state);
  });

  it('needs M of the last N to breach, wherever they are', () => {
    const two = rule({ datapointsToAlarm: 2 });
    expect(judge(two, drawn('0 0 X 0 X'))?.state).toBe('ALARM');
    expect(judge(two, drawn('X X 0 0 X'))?.state).toBe('OK');
  });
});

describe('the reason', () => {
  it.each<[string, Partial<ThresholdRule>, Evidence['values'], string]>([
    [
      'of one data point',
      { evaluationPeriods: 1, comparison: 'GreaterThanOrEqualToThreshold', threshold: 5 },
      [0, 0, 5],
      'Threshold Crossed: 1 datapoint [5.0 (21/11/26 09:59:00)] was greater than or equal to the threshold (5.0).',
    ],
    [
      'of several, the newest first',
      {},
      [0, 0, 11, 12.5, 13],
      'Threshold Crossed: 3 datapoints [13.0 (21/11/26 09:59:00), 12.5 (21/11/26 09:58:00), 11.0 (21/11/26 09:57:00)] were greater than the threshold (10.0).',
    ],
    [
      'of being over',
      { evaluationPeriods: 1, comparison: 'LessThanThreshold' },
      [0, 0, 50],
      'Threshold Crossed: 1 datapoint [50.0 (21/11/26 09:59:00)] was not less than the threshold (10.0).',
    ],
    [
      'of M out of N',
      { datapointsToAlarm: 2 },
      [0, 0, 11, 0, 13],
      'Threshold Crossed: 2 out of the last 3 datapoints [13.0 (21/11/26 09:59:00), 11.0 (21/11/26 09:57:00)] were greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    [
      'of M out of N being over',
      { datapointsToAlarm: 2 },
      [0, 0, 0, 0, 13],
      'Threshold Crossed: 2 out of the last 3 datapoints [0.0 (21/11/26 09:58:00), 0.0 (21/11/26 09:57:00)] were not greater than the threshold (10.0) (minimum 2 datapoints for ALARM -> OK transition).',
    ],
    [
      'with some data missing',
      { datapointsToAlarm: 1, evaluationPeriods: 4, treatMissingData: 'notBreaching' },
      [_, _, _, _, _, 613],
      'Threshold Crossed: 1 out of the last 4 datapoints [613.0 (21/11/26 09:59:00)] was greater than the threshold (10.0) and 3 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).',
    ],
    [
      'with all data missing',
      { treatMissingData: 'breaching' },
      [_, _, _, _, _],
      'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [Breaching].',
    ],
    [
      'with only one to judge by',
      { evaluationPeriods: 1, treatMissingData: 'notBreaching' },
      [_, _, _],
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    ],
    [
      'when what is missing decides',
      { datapointsToAlarm: 2, treatMissingData: 'breaching' },
      [_, _, _, _, 0],
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
    ],
    ['of not knowing', {}, [_, _, _, _, _], 'Insufficient Data: 3 datapoints were unknown.'],
    [
      'of large and small numbers',
      { evaluationPeriods: 2, threshold: 5e-4 },
      [0, 0, 15_078_544_179.2, 20_000_000],
      'Threshold Crossed: 2 datapoints [2.0E7 (21/11/26 09:59:00), 1.50785441792E10 (21/11/26 09:58:00)] were greater than the threshold (5.0E-4).',
    ],
  ])('%s', (_name, options, values, reason) => {
    expect(judge(rule(options), evidence(values))?.reason).toBe(reason);
  });

  it('lists no more than five of many', () => {
    const verdict = judge(rule({ evaluationPeriods: 7 }), evidence([1, 1, 11, 12, 13, 14, 15, 16, 17]));
    expect(verdict?.reason).toMatch(
      /^Threshold Crossed: 7 datapoints were greater than the threshold \(10\.0\)\. The most recent datapoints which crossed the threshold: \[17\.0 .*13\.0 \(.{17}\)\]\.$/u,
    );
  });

  it('has data for machines', () => {
    expect(judge(rule({ datapointsToAlarm: 2 }), evidence([_, 11, _, 0, 13]))?.reasonData).toEqual({
      version: '1.0',
      queryDate: '2026-11-21T10:00:00.000+0000',
      startDate: '2026-11-21T09:56:00.000+0000',
      statistic: 'Sum',
      period: 60,
      recentDatapoints: [11, 0, 13],
      threshold: 10,
      evaluatedDatapoints: [{ timestamp: '2026-11-21T09:59:00.000+0000', sampleCount: 1, value: 13 }],
    });
  });

  it('has data for machines when there are none', () => {
    const verdict = judge(rule({ evaluationPeriods: 1, statistic: undefined }), evidence([_, _, _]));
    expect(verdict?.reasonData).toEqual({
      version: '1.0',
      queryDate: '2026-11-21T10:00:00.000+0000',
      period: 60,
      recentDatapoints: [],
      threshold: 10,
      evaluatedDatapoints: [
        { timestamp: '2026-11-21T09:59:00.000+0000' },
        { timestamp: '2026-11-21T09:58:00.000+0000' },
        { timestamp: '2026-11-21T09:57:00.000+0000' },
      ],
    });
  });
});

describe('any alarm', () => {
  const rules = fc
    .record({
      evaluationPeriods: fc.integer({ min: 1, max: 6 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      treatMissingData: fc.constantFrom(...missingDataTreatments),
    })
    .map(({ evaluationPeriods, share, treatMissingData }) =>
      rule({
        evaluationPeriods,
        treatMissingData,
        datapointsToAlarm: Math.max(1, Math.ceil(share * evaluationPeriods)),
      }),
    );
  const point = fc.constantFrom(undefined, 0, 20);
  const cases = rules.chain((each) =>
    fc.tuple(
      fc.constant(each),
      fc.array(point, { minLength: each.evaluationPeriods + 2, maxLength: each.evaluationPeriods + 2 }),
    ),
  );

  it('goes off when enough of the newest data breach, whatever is missing', () => {
    fc.assert(
      fc.property(cases, ([each, values]) => {
        const received = values.filter((value) => value !== undefined).slice(-each.evaluationPeriods);
        const enough = received.filter((value) => value > 10).length >= (each.datapointsToAlarm ?? 0);
        fc.pre(enough);
        expect(judge(each, evidence(values))?.state).toBe('ALARM');
      }),
    );
  });

  it('knows its state when it has all the data it needs, the same for every treatment', () => {
    fc.assert(
      fc.property(cases, ([each, values]) => {
        fc.pre(values.filter((value) => value !== undefined).length >= each.evaluationPeriods);
        const states = missingDataTreatments.map(
          (treatMissingData) => judge({ ...each, treatMissingData }, evidence(values))?.state,
        );
        expect(new Set(states).size).toBe(1);
        expect(states[0]).not.toBe('INSUFFICIENT_DATA');
      }),
    );
  });

  it('never reads no data as kept, unless it is told to', () => {
    fc.assert(
      fc.property(rules, (each) => {
        const nothing = evidence(Array.from({ length: each.evaluationPeriods + 2 }, () => undefined));
        const state = judge(each, nothing)?.state;
        expect(state === 'OK').toBe(each.treatMissingData === 'notBreaching');
      }),
    );
  });

  it('is no sooner over when one more data point breaches', () => {
    const weight = { OK: 0, INSUFFICIENT_DATA: 1, ALARM: 2 };
    fc.assert(
      fc.property(cases, fc.nat(), ([each, values], where) => {
        const at = where % values.length;
        fc.pre(values[at] === 0);
        const before = judge(each, evidence(values))?.state ?? 'INSUFFICIENT_DATA';
        const after = judge(each, evidence(values.with(at, 20)))?.state ?? 'INSUFFICIENT_DATA';
        expect(weight[after]).toBeGreaterThanOrEqual(weight[before]);
      }),
    );
  });
});
