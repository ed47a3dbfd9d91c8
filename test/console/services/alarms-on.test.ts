import { describe, expect, it } from 'vitest';
import {
  burningAlone,
  type LoudAlarms,
  loudAlarms,
  stepsFor,
} from '../../../console/src/services/alarms-on.ts';
import { judge, type JudgedService } from '../../../console/src/services/judge.ts';
import type { AlarmState } from '../../../functions/contracts/promise-status.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { fakeAlarms } from '../fake-alarms.ts';

const now = Date.now();
const judged = (on: readonly string[]): readonly JudgedService[] => {
  const exceptions: Record<string, AlarmState> = Object.fromEntries(
    on.map((name) => [name, 'ALARM' as const]),
  );
  const sighting = { ...fakeAlarms('OK', exceptions), readAt: now, clockAheadMs: 0 };
  return judge({ services: promiseDocuments, teams: [] }, sighting, now);
};
const inShort = ({ service, severity, evidence }: LoudAlarms): string =>
  `${severity} ${service.document.service}: ${evidence.map(({ name }) => name.replace(/^.*?\/.*?\//u, '')).join(', ')}`;

describe('alarms that are on', () => {
  it('are told once for each service and severity, pages before tickets', () => {
    const services = judged([
      'personalise/page',
      'personalise/render-errors',
      'personalise/render-dead-letters',
      'personalise/ticket',
      'personalise/api-latency',
      'foundation/page',
      'foundation/notify-errors',
    ]);
    expect(loudAlarms(services).map(inShort)).toEqual([
      'page personalise: render-errors, render-dead-letters',
      'page foundation: notify-errors',
      'ticket personalise: api-latency',
    ]);
  });

  it('are loud before the alarm that tells people has followed', () => {
    expect(loudAlarms(judged(['personalise/render-errors'])).map(inShort)).toEqual([
      'page personalise: render-errors',
    ]);
  });

  it('do not count a window without the other one of its pair', () => {
    const services = judged(['personalise/pictures-in-time/1h-14.4x', 'personalise/pictures-in-time/30m-6x']);
    expect(loudAlarms(services)).toEqual([]);
    expect(burningAlone(services).map(({ name }) => name)).toEqual([
      'fanfare-dev/personalise/pictures-in-time/1h-14.4x',
      'fanfare-dev/personalise/pictures-in-time/30m-6x',
    ]);
  });

  it('come with what to look at first: what is so for every page, then for these alarms', () => {
    const [loud] = loudAlarms(judged(['personalise/page', 'personalise/render-dead-letters']));
    const steps = loud === undefined ? [] : stepsFor(loud);
    expect(steps[0]).toBe('Which alarms are the evidence, and since when?');
    expect(steps).toContain('Which photos were not drawn?');
    expect(steps).not.toContain('Which route fails, and with which status?');
  });
});

describe('a promise', () => {
  it('is in danger by alarms that name it, besides its own', () => {
    const services = judged(['personalise/render-errors', 'personalise/page']);
    const signs = services
      .find(({ document }) => document.service === 'personalise')
      ?.promises.map(({ promise, signs }) => [promise.id, signs.length]);
    expect(signs).toEqual([
      ['requests-answered', 0],
      ['pictures-in-time', 1],
      ['accepted-jobs-end', 1],
    ]);
  });
});
