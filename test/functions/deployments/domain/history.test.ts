import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../../../functions/contracts/deployment-event.ts';
import { addDays, dayFiguresOf } from '../../../../functions/deployments/domain/day-figures.ts';
import { essenceOf } from '../../../../functions/deployments/domain/essence.ts';
import { figuresOf } from '../../../../functions/deployments/domain/figures-of.ts';
import { historyOf } from '../../../../functions/deployments/domain/history.ts';
import {
  anyHistory,
  chained,
  deployed,
  detected,
  hours,
  merged,
  minutes,
  resolved,
  rolledBack,
  start,
  told,
} from '../histories.ts';

const isProduction = (environment: string): boolean => environment === 'production';
const historyOfEvents = (events: readonly DeploymentEvent[]) => historyOf(chained(events).map(essenceOf));
const figuresOfEvents = (events: readonly DeploymentEvent[], days = 10) =>
  figuresOf(addDays(dayFiguresOf(historyOfEvents(events), isProduction).values()), days);

describe('the figures of a service', () => {
  it('are unknown, never zero, where nothing happened', () => {
    const figures = figuresOfEvents([detected(start, 'alarm')]);
    expect(figures.changeFailRate).toMatchObject({ value: null, unknown: 'nothing-to-measure', sample: 0 });
    expect(figures.changeLeadTime).toMatchObject({ value: null, unknown: 'nothing-to-measure' });
    expect(figures.deploymentFrequency).toMatchObject({ value: 0, sample: 0 });
  });

  it('count a failed deployment once, however many incidents it had and whether or not it was rolled back', () => {
    const figures = figuresOfEvents([
      deployed(start, 'v1'),
      deployed(start + hours(30), 'v2'),
      detected(start + hours(31), 'alarm-a'),
      detected(start + hours(31), 'alarm-b'),
      detected(start + hours(32), 'alarm-a'),
      rolledBack(start + hours(33), 'v1'),
      resolved(start + hours(33) + minutes(5), 'alarm-a'),
      resolved(start + hours(33) + minutes(9), 'alarm-b'),
    ]);
    expect(figures.changeFailRate).toMatchObject({ value: 0.5, sample: 2 });
    expect(figures.incidents).toMatchObject({ value: 2, open: 0 });
    // Until the last of its incidents was over.
    expect(figures.failedDeploymentRecoveryTime).toMatchObject({ value: hours(3) + minutes(9), sample: 1 });
  });

  it('keep milliseconds: a recovery of eighteen minutes is not zero hours', () => {
    const figures = figuresOfEvents([deployed(start, 'v1'), rolledBack(start + minutes(18) + 7, 'v0')]);
    expect(figures.failedDeploymentRecoveryTime.value).toBe(minutes(18) + 7);
  });

  it('do not put an incident down to a deployment of the day before yesterday, nor to one after its onset', () => {
    expect(
      figuresOfEvents([deployed(start, 'v1'), detected(start + hours(25), 'alarm')]).changeFailRate.value,
    ).toBe(0);
    expect(
      figuresOfEvents([
        deployed(start, 'v1'),
        detected(start + minutes(5), 'alarm', {
          hints: { onsetAt: new Date(start - minutes(1)).toISOString() },
        }),
      ]).changeFailRate.value,
    ).toBe(0);
  });

  it('put an incident down to the deployment that it names, however long ago', () => {
    const events = [
      deployed(start, 'v1'),
      deployed(start + hours(100), 'v2'),
      detected(start + hours(101), 'alarm', {
        content: { environment: { id: 'production' }, artifactId: 'v1' },
      }),
    ];
    const [first, second] = historyOfEvents(events).deployments;
    expect(first?.failure?.incidents).toHaveLength(1);
    expect(second?.failure).toBeUndefined();
  });

  it('do not count incidents of staging against production', () => {
    const staging = { environment: { id: 'staging' } };
    const figures = figuresOfEvents([
      deployed(start, 'v1'),
      detected(start + minutes(1), 'alarm', { content: staging }),
    ]);
    expect(figures.changeFailRate.value).toBe(0);
    expect(figures.incidents.value).toBe(0);
  });

  it('leave what is still open out of no median: it counts as longer than all that ended', () => {
    const events = [
      detected(start, 'a'),
      resolved(start + minutes(10), 'a'),
      detected(start + hours(1), 'b'),
      resolved(start + hours(1) + minutes(30), 'b'),
      detected(start + hours(2), 'c'),
    ];
    expect(figuresOfEvents(events).timeToRestoreService).toMatchObject({
      value: minutes(30),
      sample: 3,
      open: 1,
    });
    expect(figuresOfEvents([...events, detected(start + hours(3), 'd')]).timeToRestoreService).toMatchObject({
      value: null,
      unknown: 'most-are-still-open',
      open: 2,
    });
  });

  it('interpolate the median', () => {
    const figures = figuresOfEvents([
      detected(start, 'a'),
      resolved(start + minutes(10), 'a'),
      detected(start + hours(1), 'b'),
      resolved(start + hours(1) + minutes(13), 'b'),
    ]);
    expect(figures.timeToRestoreService.value).toBe(minutes(11.5));
  });

  it('measure a change from its commit to its first deployment, found by chain, by artifact or by link', () => {
    const committedAt = new Date(start - hours(8)).toISOString();
    expect(
      figuresOfEvents([
        merged(start - hours(1), 'pull-1', { chain: 'c', hints: { committedAt } }),
        merged(start - hours(4), 'pull-2', { id: 'merge-2' }),
        merged(start - hours(6), 'pull-3'),
        told({
          type: 'artifact.packaged',
          atMs: start - hours(1),
          subject: 'v1',
          content: { change: { id: 'pull-3' } },
        }),
        deployed(start, 'v1', { chain: 'c', links: ['merge-2'] }),
        deployed(start + hours(9), 'v1', { chain: 'c' }),
      ]).changeLeadTime,
    ).toMatchObject({ value: hours(6), sample: 3 });
  });

  it('call a deployment rework that is made while an incident is open, or says so', () => {
    const history = historyOfEvents([
      deployed(start, 'v1'),
      detected(start + minutes(3), 'alarm'),
      deployed(start + minutes(20), 'v2'),
      resolved(start + minutes(25), 'alarm'),
      deployed(start + hours(5), 'v3'),
      deployed(start + hours(6), 'v4', { hints: { unplanned: true } }),
    ]);
    expect(history.deployments.map(({ isRework }) => isRework)).toEqual([false, true, false, true]);
  });

  it('take two rollbacks in a row for two failed deployments, and a rollback to an older one for one', () => {
    const failed = (events: readonly DeploymentEvent[]) =>
      historyOfEvents(events).deployments.map(({ failure }) => failure !== undefined);
    const three = [deployed(start, 'v1'), deployed(start + 1, 'v2'), deployed(start + 2, 'v3')];
    expect(failed([...three, rolledBack(start + 3, 'v2'), rolledBack(start + 4, 'v1')])).toEqual([
      false,
      true,
      true,
    ]);
    expect(failed([...three, rolledBack(start + 3, 'v1'), rolledBack(start + 4, 'v0')])).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('are the same in whatever order, how often and how late the events came', () => {
    fc.assert(
      fc.property(
        anyHistory.chain((events) =>
          fc.record({
            events: fc.constant(events),
            other: fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          }),
        ),
        ({ events, other }) => {
          const unique = [...new Map(other.map((each) => [each.event.context.id, each])).values()];
          expect(encoded(dayFiguresOf(historyOfEvents(unique), isProduction))).toEqual(
            encoded(dayFiguresOf(historyOfEvents(events), isProduction)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never give a change fail rate above one, nor a length of time below zero', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const sums = addDays(dayFiguresOf(historyOfEvents(events), isProduction).values());
        expect(sums.failed).toBeLessThanOrEqual(sums.deployments);
        expect(sums.rework).toBeLessThanOrEqual(sums.deployments);
        for (const ms of [
          ...sums.leadMs,
          ...sums.recoveryMs,
          ...sums.detectMs,
          ...sums.restoreMs,
          ...sums.betweenMs,
        ]) {
          expect(ms).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** As they are kept, byte by byte. */
const encoded = (days: ReturnType<typeof dayFiguresOf>): string[] =>
  [...days].map(([day, sums]) => `${day} ${JSON.stringify(sums)}`).toSorted();
