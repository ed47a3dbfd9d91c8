import { describe, expect, it, vi } from 'vitest';
import { advance, erase, type JobRecord } from '../../../../functions/personalise/domain/job-record.ts';
import { readJob } from '../../../../functions/personalise/domain/read-job.ts';
import { awaitingJob, FakeWorld } from '../fakes.ts';

const forward = (record: JobRecord, change: Parameters<typeof advance>[1]): JobRecord =>
  advance(record, change, 1.9e12) ?? record;
const rendering = (record: JobRecord): JobRecord =>
  forward(record, { to: 'rendering', pictureKey: 'a'.repeat(64) });
const done = (record: JobRecord): JobRecord =>
  forward(record, { to: 'done', pictureKey: 'a'.repeat(64), results: [] });

async function world(record: JobRecord): Promise<FakeWorld> {
  const made = new FakeWorld();
  await made.jobs.create(record);
  return made;
}

describe('reading a job', () => {
  it('asks the projection first', async () => {
    const job = awaitingJob();
    const made = await world(job);
    await made.projection.show(rendering(job));
    expect((await readJob(made.deps, job.id, 0))?.state).toBe('rendering');
  });

  it('finds in S3 what Redis has lost, and shows it again', async () => {
    const job = done(awaitingJob());
    const made = await world(job);
    expect((await readJob(made.deps, job.id, 0))?.state).toBe('done');
    expect(made.shown.get(job.id)?.state).toBe('done');
  });

  it('finds in S3 what accept-upload could not show', async () => {
    const job = awaitingJob();
    const made = await world(forward(job, { to: 'accepted' }));
    await made.projection.show(job);
    expect((await readJob(made.deps, job.id, 0))?.state).toBe('accepted');
  });

  it('waits for the end through every state, and no longer', async () => {
    const job = awaitingJob();
    const made = await world(job);
    const coming = [forward(job, { to: 'accepted' }), rendering(job), done(job)];
    const waits: number[] = [];
    const reader = {
      ...made.projection,
      next: async (_record: JobRecord, timeoutMs: number) => {
        waits.push(timeoutMs);
        made.now += 100;
        return coming.shift();
      },
    };
    expect((await readJob({ ...made.deps, reader }, job.id, 20_000))?.state).toBe('done');
    expect(waits).toEqual([5000, 5000, 5000]);
  });

  it('does not ask S3 while Redis has news for who waits', async () => {
    const job = awaitingJob();
    const made = await world(job);
    await made.projection.show(job);
    const coming = [rendering(job), done(job)];
    const reader = { ...made.projection, next: async () => coming.shift() };
    const jobs = { ...made.jobs, get: vi.fn((id: string) => made.jobs.get(id)) };
    expect((await readJob({ ...made.deps, reader, jobs }, job.id, 20_000))?.state).toBe('done');
    expect(jobs.get).not.toHaveBeenCalled();
  });

  it('finds the end in S3 when Redis has missed it', async () => {
    const job = awaitingJob();
    const made = await world(done(job));
    await made.projection.show(job);
    const reader = {
      ...made.projection,
      next: async (_record: JobRecord, timeoutMs: number) => {
        made.now += timeoutMs;
        return undefined;
      },
    };
    const asked = made.now;
    expect((await readJob({ ...made.deps, reader }, job.id, 20_000))?.state).toBe('done');
    expect(made.now - asked).toBe(5000);
  });

  it('gives up when the time is over, with what S3 knows', async () => {
    const job = awaitingJob();
    const made = await world(job);
    const reader = {
      ...made.projection,
      next: async (_record: JobRecord, timeoutMs: number) => {
        made.now += timeoutMs;
        return undefined;
      },
    };
    expect((await readJob({ ...made.deps, reader }, job.id, 12_000))?.state).toBe('awaiting-upload');
    expect(made.now - awaitingJob().times['awaiting-upload']).toBe(12_000);
  });

  it('knows no job that was never registered, and tells one that was erased', async () => {
    const job = erase(awaitingJob(), 1.9e12);
    const made = await world(job);
    expect(await readJob(made.deps, '01J00000000000000000009999', 0)).toBeUndefined();
    expect((await readJob(made.deps, job.id, 20_000))?.erasedAt).toBe(1.9e12);
  });
});
