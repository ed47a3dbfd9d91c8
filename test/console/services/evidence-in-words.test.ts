import { describe, expect, it } from 'vitest';
import { evidenceInWords } from '../../../console/src/services/evidence-in-words.ts';
import { judge, judged } from '../../../console/src/services/judge.ts';
import type { AlarmState } from '../../../functions/contracts/promise-status.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { fakeAlarms } from '../fake-alarms.ts';

/** What the page says of a promise of personalise, `laterMs` after the alarms were read. */
function sentence(id: string, exceptions: Readonly<Record<string, AlarmState>>, laterMs = 0): string {
  const alarms = fakeAlarms(
    'OK',
    Object.fromEntries(
      Object.entries(exceptions).map(([name, state]) => [`personalise/${id}${name}`, state]),
    ),
  );
  const readAt = Date.now();
  const now = readAt + laterMs;
  const found = judged(
    judge({ services: promiseDocuments, teams: [] }, { ...alarms, readAt, clockAheadMs: 0 }, now),
    'personalise',
    id,
  );
  if (found === undefined) {
    throw new Error(`personalise does not promise ${id}`);
  }
  return evidenceInWords(found.status, found.promise, { now, unpublished: 'Not published.' });
}

const clock = String.raw`(\d+ \w+, )?\d\d:\d\d`;

describe('the evidence, in words', () => {
  it('of a kept promise names the time that was looked at', () => {
    expect(sentence('pictures-in-time', {})).toMatch(
      new RegExp(
        `^What was measured in the last 6 hours was as promised\\. So it has been since ${clock} \\(3 hours 10 minutes\\)\\.$`,
        'u',
      ),
    );
    expect(sentence('accepted-jobs-end', {})).toContain('in the last 15 minutes was as promised.');
  });

  it('of a broken one names the fastest windows', () => {
    const slow = { '/6h-6x': 'ALARM', '/30m-6x': 'ALARM' } as const;
    expect(sentence('pictures-in-time', slow)).toMatch(
      /^Over the last 6 hours and the last 30 minutes, failures came at least 6 times as fast as 30 days allow\. Broken since .* \(5 minutes\)\.$/u,
    );
    expect(sentence('pictures-in-time', { ...slow, '/1h-14.4x': 'ALARM', '/5m-14.4x': 'ALARM' })).toMatch(
      /^Over the last hour and the last 5 minutes, failures came at least 14\.4 times/u,
    );
    expect(sentence('accepted-jobs-end', { '': 'ALARM' })).toMatch(
      /^What was measured in the last 15 minutes was not as promised\. Broken since/u,
    );
  });

  it('of an unknown one says what is missing', () => {
    expect(sentence('pictures-in-time', { '/6h-6x': 'INSUFFICIENT_DATA' })).toBe(
      'It takes at least 10 in the last 6 hours to tell, and there were fewer.',
    );
    expect(sentence('pictures-in-time', { '/1h-14.4x': 'ALARM', '/5m-14.4x': 'INSUFFICIENT_DATA' })).toBe(
      'It went wrong, and too little was measured lately to tell whether it still does.',
    );
    expect(sentence('pictures-in-time', { '/6h-6x': 'ALARM' })).toBe(
      'Not broken any more: what was measured in the last 30 minutes was as promised, but not yet all in the last 6 hours.',
    );
    expect(sentence('pictures-in-time', {}, 180_000)).toMatch(
      /^The alarms have not been read since .* \(1 minute\): what they said then is too old to tell\.$/u,
    );
  });
});
