import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptUpload } from '../../../../functions/personalise/domain/accept-upload.ts';
import { eraseJob } from '../../../../functions/personalise/domain/erase-job.ts';
import type { JobRecord } from '../../../../functions/personalise/domain/job-record.ts';
import { renderJob } from '../../../../functions/personalise/domain/render-job.ts';
import { awaitingJob, Crash, FakeWorld } from '../fakes.ts';

/** The smallest PNG header that says 100 × 80 pixels. */
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000064000000500806000000', 'hex');
const text = Buffer.from('not a picture at all');

type Step = 's3 event' | 'message' | 'erase';

async function newJob(world: FakeWorld, upload: Uint8Array): Promise<JobRecord> {
  const job = awaitingJob();
  await world.jobs.create(job);
  world.uploads.set(job.id, upload);
  return job;
}

function take(world: FakeWorld, step: Step, jobId: string): Promise<unknown> {
  switch (step) {
    case 's3 event':
      return acceptUpload(world.deps, jobId);
    case 'message':
      return renderJob(world.deps, jobId);
    case 'erase':
      return eraseJob(world.deps, jobId);
  }
}

/** Delivers a step again until it goes through, as S3, SQS and a person who asks again do. */
async function deliver(world: FakeWorld, step: Step, jobId: string): Promise<void> {
  for (let delivery = 0; delivery < 5; delivery += 1) {
    try {
      await take(world, step, jobId);
      return;
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error;
      }
    }
  }
  throw new Error(`${step} never went through`);
}

/** Crashes once, at the nth effect. */
function crashAt(world: FakeWorld, effect: number): () => boolean {
  let effects = 0;
  let crashed = false;
  world.trip = () => {
    effects += 1;
    if (effects === effect) {
      crashed = true;
      throw new Crash(`at effect ${effect}`);
    }
  };
  return () => crashed;
}

/** Runs `flow` with a crash before each of its effects in turn. */
async function withEveryCrash(flow: (world: FakeWorld) => Promise<void>): Promise<number> {
  for (let effect = 1; ; effect += 1) {
    const world = new FakeWorld();
    const hasCrashed = crashAt(world, effect);
    await flow(world);
    if (!hasCrashed()) {
      return effect - 1;
    }
  }
}

describe('a crash before any effect', () => {
  it('still ends an accepted upload in done, with every variant stored and one record of the picture', async () => {
    const crashes = await withEveryCrash(async (world) => {
      const trip = world.trip;
      world.trip = () => undefined;
      const job = await newJob(world, png);
      world.trip = trip;
      await deliver(world, 's3 event', job.id);
      expect(world.sent).toContain(job.id);
      await deliver(world, 'message', job.id);
      const ended = await world.job(job.id);
      expect(ended.state).toBe('done');
      expect(ended.results?.map(({ url }) => world.files.has(url))).toEqual([true, true]);
      expect(world.pictureRecords().map(({ jobs }) => jobs)).toEqual([[job.id]]);
      expect(world.shown.get(job.id)?.state).toBe('done');
    });
    expect(crashes).toBeGreaterThan(6);
  });

  it('still ends a refused upload in failed, deletes it and shows the reason', async () => {
    await withEveryCrash(async (world) => {
      const trip = world.trip;
      world.trip = () => undefined;
      const job = await newJob(world, text);
      world.trip = trip;
      await deliver(world, 's3 event', job.id);
      expect(world.sent).toContain(job.id);
      await deliver(world, 'message', job.id);
      expect(await world.job(job.id)).toMatchObject({ state: 'failed', failure: { code: 'not-a-picture' } });
      expect(world.uploads.size).toBe(0);
      expect(world.shown.get(job.id)?.state).toBe('failed');
    });
  });

  it('still erases everything when the person asks again', async () => {
    await withEveryCrash(async (world) => {
      const trip = world.trip;
      world.trip = () => undefined;
      const job = await newJob(world, png);
      await take(world, 's3 event', job.id);
      await take(world, 'message', job.id);
      world.trip = trip;
      await deliver(world, 'erase', job.id);
      expect([world.uploads.size, world.files.size, world.pictureRecords().length]).toEqual([0, 0, 0]);
      expect(await world.job(job.id)).toMatchObject({ slots: {}, erasedAt: world.now });
      expect(world.shown.get(job.id)?.erasedAt).toBe(world.now);
    });
  });
});

describe('repeated, late and interleaved deliveries', () => {
  const steps = fc.array(fc.constantFrom<Step>('s3 event', 'message'), { minLength: 1, maxLength: 8 });

  it('lead to one terminal state and one render, in whatever order they come', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (sequence, isPicture) => {
        const world = new FakeWorld();
        const job = await newJob(world, isPicture ? png : text);
        await take(world, 's3 event', job.id);
        for (const step of sequence) {
          await take(world, step, job.id);
        }
        await take(world, 'message', job.id);
        expect((await world.job(job.id)).state).toBe(isPicture ? 'done' : 'failed');
        expect(world.renders).toBe(isPicture ? 1 : 0);
      }),
    );
  });

  it('leave nothing behind when an erasure comes in between, wherever it does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = new FakeWorld();
        const job = await newJob(world, png);
        await take(world, 's3 event', job.id);
        world.trip = () => scheduler.schedule(Promise.resolve());
        const running = [
          take(world, 'message', job.id),
          take(world, 'message', job.id),
          take(world, 'erase', job.id),
        ];
        const outcome = Promise.all(running);
        await scheduler.waitFor(outcome);
        expect([world.uploads.size, world.files.size, world.pictureRecords().length]).toEqual([0, 0, 0]);
        expect((await world.job(job.id)).erasedAt).toBe(world.now);
      }),
    );
  });
});

describe('the same picture asked for by several jobs', () => {
  it('is rendered once when they ask at the same time', async () => {
    const world = new FakeWorld();
    world.trip = async () => nextTurn();
    const jobs = await Promise.all(Array.from({ length: 6 }, () => newJob(world, png)));
    await Promise.all(jobs.map(({ id }) => take(world, 's3 event', id)));
    await Promise.all(jobs.map(({ id }) => take(world, 'message', id)));
    const ended = await Promise.all(jobs.map(({ id }) => world.job(id)));
    expect(world.renders).toBe(1);
    expect(new Set(ended.map(({ results }) => JSON.stringify(results))).size).toBe(1);
  });

  it('stays until the last of them is erased', async () => {
    const world = new FakeWorld();
    const [first, second] = [await newJob(world, png), await newJob(world, png)];
    for (const { id } of [first, second]) {
      await take(world, 's3 event', id);
      await take(world, 'message', id);
    }
    expect(world.renders).toBe(1);
    await take(world, 'erase', first.id);
    expect((await world.job(second.id)).results?.every(({ url }) => world.files.has(url))).toBe(true);
    await take(world, 'erase', second.id);
    expect([world.files.size, world.pictureRecords().length]).toEqual([0, 0]);
  });

  it('is not shared between other words, or other photos', async () => {
    const world = new FakeWorld();
    const otherWords = awaitingJob({ slots: { name: 'Grace' } });
    await world.jobs.create(otherWords);
    world.uploads.set(otherWords.id, png);
    const jobs = [
      await newJob(world, png),
      otherWords,
      await newJob(world, Buffer.concat([png, Buffer.from('!')])),
    ];
    for (const { id } of jobs) {
      await take(world, 's3 event', id);
      await take(world, 'message', id);
    }
    expect(world.renders).toBe(3);
  });

  it('survives any interleaving of renders and erasures of its jobs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = new FakeWorld();
        const [first, second] = [await newJob(world, png), await newJob(world, png)];
        await take(world, 's3 event', first.id);
        await take(world, 's3 event', second.id);
        await take(world, 'message', first.id);
        world.trip = () => scheduler.schedule(Promise.resolve());
        const outcome = Promise.all([take(world, 'erase', first.id), take(world, 'message', second.id)]);
        await scheduler.waitFor(outcome);
        const kept = await world.job(second.id);
        expect(kept.state).toBe('done');
        expect(kept.results?.every(({ url }) => world.files.has(url))).toBe(true);
        expect(world.pictureRecords().map(({ jobs }) => jobs)).toEqual([[second.id]]);
      }),
    );
  });
});
