import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTerminal, jobSchema } from '../../../../functions/contracts/job.ts';
import {
  advance,
  erase,
  type JobChange,
  rank,
  toJob,
} from '../../../../functions/personalise/domain/job-record.ts';
import { awaitingJob } from '../fakes.ts';

const change = fc.oneof(
  fc.constant<JobChange>({ to: 'accepted' }),
  fc.constant<JobChange>({ to: 'rendering', pictureKey: 'a'.repeat(64) }),
  fc.constant<JobChange>({ to: 'done', pictureKey: 'a'.repeat(64), results: [] }),
  fc.constant<JobChange>({ to: 'failed', failure: { code: 'damaged-picture', message: 'No.' } }),
);
const events = fc.array(fc.record({ change, now: fc.integer({ min: 1.7e12, max: 1.9e12 }) }), {
  maxLength: 30,
});

describe('a job', () => {
  it('only moves forward and ends at most once, whatever arrives in whatever order', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        let record = awaitingJob();
        let endings = 0;
        for (const { change: next, now } of sequence) {
          const advanced = advance(record, next, now);
          if (advanced !== undefined) {
            expect(isTerminal(record.state)).toBe(false);
            expect(rank(advanced.state)).toBeGreaterThan(rank(record.state));
            endings += isTerminal(advanced.state) ? 1 : 0;
            record = advanced;
          }
        }
        expect(endings).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has times that never run backwards, even when clocks disagree', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const record = sequence.reduce(
          (job, { change: next, now }) => advance(job, next, now) ?? job,
          awaitingJob(),
        );
        const { times } = record;
        const ordered = [
          times['awaiting-upload'],
          times.accepted,
          times.rendering,
          times.done ?? times.failed,
        ];
        const known = ordered.filter((time) => time !== undefined);
        expect(known).toEqual(known.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is shown to clients in a shape that the contract accepts', () => {
    fc.assert(
      fc.property(events, (sequence) => {
        const record = sequence.reduce(
          (job, { change: next, now }) => advance(job, next, now) ?? job,
          awaitingJob(),
        );
        const job = toJob(record);
        expect(jobSchema.parse(job)).toEqual(job);
        expect(job.results !== undefined).toBe(record.state === 'done');
        expect(job.failure !== undefined).toBe(record.state === 'failed');
      }),
    );
  });

  it('keeps nothing that a person gave when it is erased, and never comes back', () => {
    const done = advance(awaitingJob(), { to: 'done', pictureKey: 'a'.repeat(64), results: [] }, 1.8e12);
    const erased = erase(done ?? awaitingJob(), 1.8e12);
    expect(erased).toMatchObject({ slots: {}, erasedAt: 1.8e12 });
    expect(erased).not.toHaveProperty('results');
    expect(
      advance(erased, { to: 'failed', failure: { code: 'damaged-picture', message: '' } }, 1.9e12),
    ).toBeUndefined();
    expect(erase(erased, 1.9e12).erasedAt).toBe(1.8e12);
  });
});
