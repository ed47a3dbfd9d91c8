import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmName } from '../../../functions/contracts/alarm-name.ts';
import { boundWindow, burnPairs, partOf } from '../../../functions/contracts/burn-rate.ts';
import {
  type AlarmReading,
  type AlarmSnapshot,
  type AlarmState,
  promiseStatus,
  staleAfterMs,
} from '../../../functions/contracts/promise-status.ts';

const readAt = Date.parse('2026-11-21T12:00:00Z');
const minutesAgo = (minutes: number): string => new Date(readAt - minutes * 60_000).toISOString();

const ratio = { id: 'pictures-in-time', objective: { atLeast: 0.95 } };
const bound = { id: 'accepted-jobs-end', objective: { atMost: 0 } };
type Promised = typeof ratio | typeof bound;

const nameOf = (promise: Promised, part?: string): string =>
  alarmName({
    stage: 'dev',
    service: 'personalise',
    subject: promise.id,
    ...(part === undefined ? {} : { part }),
  });
const parts = burnPairs(0.95).flatMap((pair) => [partOf(pair, pair.long), partOf(pair, pair.short)]);
const namesOf = (promise: Promised): string[] =>
  promise === bound ? [nameOf(bound)] : parts.map((part) => nameOf(promise, part));

const snapshot = (alarms: readonly AlarmReading[], timeScale = 1): AlarmSnapshot => ({
  stage: 'dev',
  timeScale,
  alarms,
  readAt,
});

/** Every window quiet since two hours ago, but for those in `others`; a state of `undefined` takes the alarm away. */
const states = (others: Readonly<Record<string, AlarmState | undefined>> = {}): AlarmSnapshot =>
  snapshot(
    parts.flatMap((part) => {
      const state = Object.hasOwn(others, part) ? others[part] : 'OK';
      return state === undefined
        ? []
        : [{ name: nameOf(ratio, part), state, since: minutesAgo(state === 'OK' ? 120 : 5) }];
    }),
  );

const judge = (from: AlarmSnapshot | undefined, now = readAt, promise: Promised = ratio) =>
  promiseStatus('personalise', promise, from, now);

describe('a promise with an error budget', () => {
  it('is kept while the longest window that pages is content, which it has been since then', () => {
    expect(judge(states())).toMatchObject({
      status: 'kept',
      since: readAt - 120 * 60_000,
      expiresAt: readAt + staleAfterMs,
      evidence: expect.arrayContaining([expect.objectContaining({ alarm: nameOf(ratio, '6h-6x') })]),
    });
  });

  it('is kept in a quiet hour after busy ones', () => {
    expect(judge(states({ '5m-14.4x': 'INSUFFICIENT_DATA', '1h-14.4x': 'INSUFFICIENT_DATA' }))).toMatchObject(
      { status: 'kept' },
    );
  });

  it.each([
    ['14.4', '1h-14.4x', '5m-14.4x'],
    ['6', '6h-6x', '30m-6x'],
    ['3', '1d-3x', '2h-3x'],
    ['1', '3d-1x', '6h-1x'],
  ])('is broken when both windows of a pair burn %s times too fast', (_, long, short) => {
    expect(judge(states({ [long]: 'ALARM', [short]: 'ALARM' }))).toMatchObject({
      status: 'broken',
      since: readAt - 5 * 60_000,
      evidence: [{ alarm: nameOf(ratio, long) }, { alarm: nameOf(ratio, short) }],
    });
  });

  it('is broken since the later of the two windows burns', () => {
    const from = snapshot(
      states({ '1h-14.4x': 'ALARM', '5m-14.4x': 'ALARM' }).alarms.map(({ name, state, since }) => ({
        name,
        state,
        since: name.endsWith('1h-14.4x') ? minutesAgo(2) : since,
      })),
    );
    expect(judge(from)).toMatchObject({ status: 'broken', since: readAt - 2 * 60_000 });
  });

  it('is not broken by two windows of different pairs', () => {
    expect(judge(states({ '1h-14.4x': 'ALARM', '30m-6x': 'ALARM' }))).toMatchObject({ status: 'kept' });
  });

  it('is unknown when the longest window that pages saw too little, whatever the others say', () => {
    expect(judge(states({ '6h-6x': 'INSUFFICIENT_DATA' }))).toMatchObject({
      status: 'unknown',
      why: 'too-little',
    });
  });

  it('is unknown when it burnt and nothing has been measured since', () => {
    expect(judge(states({ '1h-14.4x': 'ALARM', '5m-14.4x': 'INSUFFICIENT_DATA' }))).toMatchObject({
      status: 'unknown',
      why: 'undecided',
    });
  });

  it('is unknown after it was broken, until the longest window that pages is content again', () => {
    expect(judge(states({ '6h-6x': 'ALARM' }))).toMatchObject({ status: 'unknown', why: 'recovering' });
  });

  it('is unknown when one of its alarms is missing, which it names', () => {
    expect(judge(states({ '3d-1x': undefined }))).toMatchObject({
      status: 'unknown',
      why: 'not-watched',
      evidence: [{ alarm: nameOf(ratio, '3d-1x') }],
    });
  });

  it('that is too weak to wake anybody is judged by its longest window', () => {
    const weak = { id: 'weak', objective: { atLeast: 0.5 } };
    const alarm = (part: string, state: AlarmState): AlarmReading => ({
      name: `fanfare-dev/personalise/weak/${part}`,
      state,
      since: minutesAgo(1),
    });
    const status = (long: AlarmState) =>
      promiseStatus('personalise', weak, snapshot([alarm('3d-1x', long), alarm('6h-1x', 'OK')]), readAt)
        .status;
    expect(status('OK')).toBe('kept');
    expect(status('INSUFFICIENT_DATA')).toBe('unknown');
  });
});

describe('a promise with a bound', () => {
  it.each([
    ['OK', 'kept'],
    ['ALARM', 'broken'],
    ['INSUFFICIENT_DATA', 'unknown'],
  ] as const)('whose alarm is %s is %s', (state, status) => {
    const from = snapshot([{ name: nameOf(bound), state, since: minutesAgo(1) }]);
    expect(judge(from, readAt, bound)).toMatchObject({ status });
  });
});

describe('evidence', () => {
  it('of nothing is no evidence', () => {
    expect(judge(undefined)).toMatchObject({ status: 'unknown', why: 'no-states' });
    expect(judge(snapshot([]))).toMatchObject({ status: 'unknown', why: 'not-watched' });
  });

  it('of another stage or service is none', () => {
    const elsewhere = { ...states(), stage: 'prod' };
    expect(judge(elsewhere)).toMatchObject({ status: 'unknown' });
    expect(promiseStatus('studio', ratio, states(), readAt)).toMatchObject({ status: 'unknown' });
  });

  it('expires with the states, two minutes after they were read', () => {
    for (const from of [states(), states({ '1h-14.4x': 'ALARM', '5m-14.4x': 'ALARM' })]) {
      expect(judge(from, readAt + staleAfterMs - 1).status).not.toBe('unknown');
      expect(judge(from, readAt + staleAfterMs)).toMatchObject({ status: 'unknown', why: 'stale' });
    }
  });

  it('expires with its window where time passes faster', () => {
    const quick = snapshot([{ name: nameOf(bound), state: 'OK', since: minutesAgo(1) }], 60);
    const windowMs = (boundWindow.minutes * 60_000) / 60;
    expect(judge(quick, readAt, bound)).toMatchObject({ status: 'kept', expiresAt: readAt + windowMs });
    expect(judge(quick, readAt + windowMs, bound)).toMatchObject({ status: 'unknown', why: 'stale' });
  });
});

describe('whatever the alarms say', () => {
  const anyPromise = fc.constantFrom<Promised>(ratio, bound);
  const anyState = fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA');
  const anySnapshot = anyPromise.chain((promise) =>
    fc.record({
      promise: fc.constant(promise),
      from: fc
        .tuple(
          ...namesOf(promise).map((name) =>
            fc.option(
              fc.record({
                name: fc.constant(name),
                state: anyState,
                since: fc.integer({ min: 0, max: 10_000 }).map(minutesAgo),
              }),
              { nil: undefined, freq: 9 },
            ),
          ),
        )
        .map((alarms) => snapshot(alarms.filter((each) => each !== undefined))),
      late: fc.integer({ min: 0, max: 2 * staleAfterMs }),
    }),
  );
  const deciding = (promise: Promised): string =>
    promise === bound ? nameOf(bound) : nameOf(ratio, '6h-6x');

  it('a kept promise has its deciding window content, and nobody missing', () => {
    fc.assert(
      fc.property(anySnapshot, ({ promise, from, late }) => {
        const { status } = judge(from, readAt + late, promise);
        fc.pre(status === 'kept');
        expect(from.alarms.find(({ name }) => name === deciding(promise))?.state).toBe('OK');
        expect(from.alarms).toHaveLength(namesOf(promise).length);
        expect(late).toBeLessThan(staleAfterMs);
      }),
    );
  });

  it('no data at all is never kept, and never broken', () => {
    fc.assert(
      fc.property(anySnapshot, ({ promise, from, late }) => {
        const silent = snapshot(
          from.alarms.map((each) => ({ ...each, state: 'INSUFFICIENT_DATA' }) satisfies AlarmReading),
        );
        expect(judge(silent, readAt + late, promise).status).toBe('unknown');
      }),
    );
  });

  it('an alarm that is taken away never makes a promise kept', () => {
    fc.assert(
      fc.property(anySnapshot, fc.nat(), ({ promise, from, late }, at) => {
        fc.pre(from.alarms.length > 0);
        const fewer = snapshot(from.alarms.toSpliced(at % from.alarms.length, 1));
        expect(judge(fewer, readAt + late, promise).status).not.toBe('kept');
      }),
    );
  });

  it('a window that falls silent never makes a broken promise kept', () => {
    fc.assert(
      fc.property(anySnapshot, fc.nat(), ({ promise, from, late }, at) => {
        const now = readAt + late;
        fc.pre(judge(from, now, promise).status === 'broken');
        const index = at % from.alarms.length;
        const silent = snapshot(
          from.alarms.map((each, place) =>
            place === index ? { ...each, state: 'INSUFFICIENT_DATA' } : each,
          ),
        );
        expect(judge(silent, now, promise).status).not.toBe('kept');
      }),
    );
  });

  it('time alone only ever makes it unknown, from the moment at which the evidence expires', () => {
    fc.assert(
      fc.property(anySnapshot, ({ promise, from, late }) => {
        const before = judge(from, readAt, promise);
        const after = judge(from, readAt + late, promise);
        if (before.expiresAt === undefined || readAt + late >= before.expiresAt) {
          expect(after.status).toBe('unknown');
        } else {
          expect(after).toEqual(before);
        }
      }),
    );
  });

  it('an answer that is not unknown says which windows, and since when', () => {
    fc.assert(
      fc.property(anySnapshot, ({ promise, from }) => {
        const answer = judge(from, readAt, promise);
        fc.pre(answer.status !== 'unknown');
        expect(answer.evidence.length).toBeGreaterThan(0);
        expect(answer.since).toBeLessThanOrEqual(readAt);
        const expected = answer.status === 'kept' ? 'OK' : 'ALARM';
        expect(answer.evidence.every(({ state }) => state === expected)).toBe(true);
      }),
    );
  });
});
