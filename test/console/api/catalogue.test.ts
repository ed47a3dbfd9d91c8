import { describe, expect, it } from 'vitest';
import { isStageAlarms } from '../../../console/src/api/alarm-states.ts';
import { isCatalogue } from '../../../console/src/api/catalogue.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { fakeAlarms } from '../fake-alarms.ts';

const catalogue = {
  services: promiseDocuments,
  teams: [
    { name: 'platform', mission: 'Everything.', members: [{ role: 'on call', does: 'sleeps lightly' }] },
  ],
};

/** A copy in which the first value that `key` has anywhere is missing. */
function without(value: unknown, key: string): unknown {
  let done = false;
  return JSON.parse(
    JSON.stringify(value, (name, each: unknown) => {
      if (name === key && !done) {
        done = true;
        return undefined;
      }
      return each;
    }),
  );
}

describe('the catalogue', () => {
  it('is taken as it is published', () => {
    expect(isCatalogue(JSON.parse(JSON.stringify(catalogue)))).toBe(true);
  });

  it.each([
    'services',
    'teams',
    'service',
    'product',
    'team',
    'version',
    'description',
    'changes',
    'promises',
    'id',
    'statement',
    'measure',
    'objective',
    'windowDays',
    'conditions',
    'whenBroken',
    'minimumTraffic',
    'consumerSees',
    'dependsOn',
    'on',
    'alternatives',
    'expects',
    'otherwise',
    'checklist',
    'steps',
    'mission',
    'members',
    'does',
  ])('is refused without %s', (key) => {
    expect(isCatalogue(without(catalogue, key))).toBe(false);
  });
});

describe('the states of alarms', () => {
  it('are taken as a stage tells them', () => {
    const changes = [{ name: 'a', from: 'OK', to: 'ALARM', at: '2026-11-21T12:00:00.000Z' }] as const;
    expect(isStageAlarms(fakeAlarms('OK', {}, { changes }))).toBe(true);
  });

  it.each([
    ['of another state', { state: 'GREEN' }],
    ['without a time', { since: 'lately' }],
    ['without a name', { name: undefined }],
    ['with a promise that is no text', { promise: ['a'] }],
  ])('are refused with an alarm %s', (_, wrong) => {
    const states = fakeAlarms('OK');
    expect(isStageAlarms({ ...states, alarms: [{ ...states.alarms[0], ...wrong }] })).toBe(false);
  });

  it.each([0, -1, NaN, '60'])('are refused with the time scale %s', (timeScale) => {
    expect(isStageAlarms({ ...fakeAlarms('OK'), timeScale })).toBe(false);
  });
});
