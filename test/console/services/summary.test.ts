import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../console/src/services/judge.ts';
import { type Summary, summarise } from '../../../console/src/services/summary.ts';
import type { AlarmState } from '../../../functions/contracts/promise-status.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { fakeAlarms } from '../fake-alarms.ts';

const catalogue = { services: promiseDocuments, teams: [] };
const now = Date.parse('2026-11-21T12:00:00Z');
const count = promiseDocuments.flatMap(({ promises }) => promises).length;

/** The summary of a stage whose alarms are all in `state`, but for `exceptions`. */
const summaryOf = (state: AlarmState, exceptions: Readonly<Record<string, AlarmState>> = {}): Summary =>
  summarise(
    judge(catalogue, { ...fakeAlarms(state, exceptions), readAt: now, clockAheadMs: 0 }, now),
    true,
    false,
  );

const inWords = ({ title, lead }: Summary): string => `${title} ${lead}`;
const unknown = (...names: string[]): Readonly<Record<string, AlarmState>> =>
  Object.fromEntries(names.map((name) => [name, 'INSUFFICIENT_DATA']));

describe('the whole in a sentence', () => {
  it('is that all is kept when there is evidence for each', () => {
    expect(inWords(summaryOf('OK'))).toBe(`Every promise is kept. All ${count}, with evidence for each.`);
  });

  it('says why something is unknown, when there is one reason', () => {
    const cache = 'foundation/cache-answers';
    const burntOnce = { [`${cache}/6h-6x`]: 'ALARM' } as const;
    const tooLittle = unknown('personalise/accepted-jobs-end');
    expect(inWords(summaryOf('OK', tooLittle))).toBe(
      'All that can be told is kept. 1 promise is unknown: too little traffic.',
    );
    expect(inWords(summaryOf('OK', burntOnce))).toBe(
      'All that can be told is kept. 1 promise is unknown: it went wrong and is not yet seen to be mended.',
    );
    expect(inWords(summaryOf('OK', { ...tooLittle, ...burntOnce }))).toBe(
      'All that can be told is kept. 2 promises are unknown.',
    );
  });

  it('begins with what is broken', () => {
    const jobs = { 'personalise/accepted-jobs-end': 'ALARM' } as const;
    expect(inWords(summaryOf('OK', jobs))).toBe(`1 promise is broken. ${count - 1} are kept.`);
    expect(inWords(summaryOf('OK', { ...jobs, ...unknown('foundation/cache-answers/6h-6x') }))).toBe(
      `1 promise is broken. ${count - 2} are kept, and 1 is unknown: too little traffic.`,
    );
    expect(inWords(summaryOf('ALARM'))).toBe(`${count} promises are broken. `);
  });

  it('is that nothing can be told where nothing is known', () => {
    expect(inWords(summaryOf('INSUFFICIENT_DATA'))).toBe(
      `Nothing can be told. All ${count} promises are unknown: too little traffic.`,
    );
    expect(inWords(summarise(judge(catalogue, undefined, now), false, false))).toBe(
      `Nothing can be told. All ${count} promises are unknown: this deployment does not publish its alarms’ states yet.`,
    );
    expect(inWords(summarise(judge(catalogue, undefined, now), undefined, true))).toBe(
      'One moment. The alarms are being read.',
    );
  });

  it('never calls everything kept while anything is not', () => {
    const alarms = fakeAlarms('OK').alarms.map(({ name }) => name.replace(/^[^/]*\//u, ''));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...alarms),
          fc.constantFrom<AlarmState>('OK', 'ALARM', 'INSUFFICIENT_DATA'),
        ),
        (exceptions) => {
          const { title, kept, broken, unknown } = summaryOf('OK', exceptions);
          expect(kept + broken + unknown).toBe(count);
          expect(title === 'Every promise is kept.').toBe(kept === count);
          expect(title.includes('broken')).toBe(broken > 0);
        },
      ),
    );
  });
});
