import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasEnded } from '../../../../functions/contracts/edit.ts';
import type { Recipe } from '../../../../functions/contracts/recipe.ts';
import type { EditRecord } from '../../../../functions/studio/domain/edit-record.ts';
import { eraseEdit } from '../../../../functions/studio/domain/erase-edit.ts';
import { makeLongEdit } from '../../../../functions/studio/domain/make-long-edit.ts';
import { readEdit } from '../../../../functions/studio/domain/read-edit.ts';
import { requestEdit } from '../../../../functions/studio/domain/request-edit.ts';
import { captioned, Crash, FakeWorld, meme, newUploadId } from '../fakes.ts';

/** SQS delivers a message that failed again after six time-outs of its consumer. */
const redeliveryMs = 6 * 600_000;

/** Does it again until it goes through, as a person who asks again does. */
async function persist<T>(world: FakeWorld, work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 5; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error;
      }
      world.revive();
    }
  }
  throw new Error('it never went through');
}

/** Delivers the messages whose time has come, as SQS does: what fails comes again later. */
async function deliver(world: FakeWorld): Promise<void> {
  const due = world.messages.filter(({ at }) => at <= world.now);
  for (const message of due) {
    world.messages.splice(world.messages.indexOf(message), 1);
    try {
      await makeLongEdit(world.patient, message.editId);
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error;
      }
      world.revive();
      world.messages.push({ ...message, at: world.now + redeliveryMs });
    }
  }
}

/** Delivers everything that is left, however late it comes. */
async function drain(world: FakeWorld): Promise<void> {
  while (world.messages.length > 0) {
    world.now = Math.max(world.now, ...world.messages.map(({ at }) => at));
    await deliver(world);
  }
}

/** What a client does: asks, and looks again until there is an end. */
async function obtain(world: FakeWorld, recipe: Recipe): Promise<EditRecord> {
  let record = await persist(world, () => requestEdit(world.prompt, recipe));
  for (let looks = 0; looks < 100 && record !== undefined && !hasEnded(record.state); looks += 1) {
    await deliver(world);
    const { id } = record;
    record = await persist(world, () => readEdit(world.status, id, 20_000));
  }
  if (record === undefined || !hasEnded(record.state)) {
    throw new Error(`no end: ${JSON.stringify(record)}`);
  }
  return record;
}

/** Runs `flow` with a crash before each of its effects in turn. `arm` starts the count. */
async function withEveryCrash(flow: (world: FakeWorld, arm: () => void) => Promise<void>): Promise<number> {
  for (let effect = 1; ; effect += 1) {
    const world = new FakeWorld();
    let effects = 0;
    let crashed = false;
    await flow(world, () => {
      world.trip = () => {
        effects += 1;
        if (effects === effect) {
          crashed = true;
          world.die(`at effect ${effect}`);
        }
      };
    });
    if (!crashed) {
      return effect - 1;
    }
  }
}

function expectDone(world: FakeWorld, record: EditRecord): void {
  expect(record.state).toBe('done');
  expect(world.results.has(record.result?.url ?? '')).toBe(true);
}

/** Every file is the result of an edit, and every result has its file. */
function expectNothingLost(world: FakeWorld): void {
  const urls = world
    .allEdits()
    .flatMap(({ result, erasedAt }) => (result === undefined || erasedAt !== undefined ? [] : [result.url]));
  expect([...world.results.keys()].toSorted()).toEqual(urls.toSorted());
}

describe('a crash before any effect', () => {
  it('still ends a meme in done, with its file and nothing else', async () => {
    const crashes = await withEveryCrash(async (world, arm) => {
      arm();
      const record = await obtain(world, meme());
      await drain(world);
      expectDone(world, record);
      expectNothingLost(world);
    });
    expect(crashes).toBeGreaterThan(3);
  });

  it('still ends a movie in done, by way of the queue', async () => {
    const crashes = await withEveryCrash(async (world, arm) => {
      const upload = newUploadId();
      world.uploads.set(upload, Buffer.from('movie'));
      arm();
      const record = await obtain(world, captioned(upload, 'gif'));
      await drain(world);
      expect(record.route).toBe('queued');
      expectDone(world, record);
      expectNothingLost(world);
    });
    expect(crashes).toBeGreaterThan(5);
  });

  it('still copies what was made of the same bytes before', async () => {
    await withEveryCrash(async (world, arm) => {
      const [first, second] = [newUploadId(), newUploadId()];
      world.uploads.set(first, Buffer.from('photo'));
      world.uploads.set(second, Buffer.from('photo'));
      await obtain(world, captioned(first));
      arm();
      const record = await obtain(world, captioned(second));
      await drain(world);
      expectDone(world, record);
      expect(world.makes).toBe(1);
      expectNothingLost(world);
    });
  });

  it('still ends a movie that cannot be read in failed, with the reason and where it is', async () => {
    await withEveryCrash(async (world, arm) => {
      const upload = newUploadId();
      world.uploads.set(upload, Buffer.from('movie'));
      const recipe = captioned(upload, 'mp4');
      arm();
      const accepted = await persist(world, () => requestEdit(world.prompt, recipe));
      world.uploads.set(upload, Buffer.from('bad'));
      const record = accepted?.state === 'done' ? accepted : await obtain(world, recipe);
      expect(record.failure).toMatchObject({
        code: 'damaged-source',
        errors: [{ pointer: '/source/upload' }],
      });
      expectNothingLost(world);
    });
  });

  it('still erases everything when the person asks again', async () => {
    const crashes = await withEveryCrash(async (world, arm) => {
      const upload = newUploadId();
      world.uploads.set(upload, Buffer.from('photo'));
      const { id } = await obtain(world, captioned(upload));
      arm();
      expect(await persist(world, () => eraseEdit(world.status, id))).toBe(true);
      expect([world.uploads.size, world.results.size, world.madeRecords().length]).toEqual([0, 0, 0]);
      expect(await world.edit(id)).toMatchObject({ erasedAt: world.now });
      expect((await world.edit(id)).recipe).toBeUndefined();
    });
    expect(crashes).toBeGreaterThan(3);
  });

  it('leaves no file of an erasure that was never finished when the same is asked for again', async () => {
    const crashes = await withEveryCrash(async (world, arm) => {
      const { id } = await obtain(world, meme());
      arm();
      await eraseEdit(world.status, id).catch(() => world.revive());
      world.trip = () => undefined;
      expectDone(world, await obtain(world, meme()));
      await drain(world);
      expectNothingLost(world);
    });
    expect(crashes).toBeGreaterThan(3);
  });

  it('leaves no file when a maker dies after its edit was erased', async () => {
    const world = new FakeWorld();
    const upload = newUploadId();
    world.uploads.set(upload, Buffer.from('photo'));
    let isErased = false;
    world.trip = async (effect) => {
      if (effect === 'files.put' && !isErased) {
        isErased = true;
        await eraseEdit(world.status, world.allEdits()[0]?.id ?? '');
      } else if (effect === 'made.put') {
        world.die('after its file');
      }
    };
    await expect(requestEdit(world.prompt, captioned(upload))).rejects.toThrow(Crash);
    world.revive();
    world.trip = () => undefined;
    expect(world.results.size).toBe(1);
    await drain(world);
    expect([world.uploads.size, world.results.size, world.madeRecords().length]).toEqual([0, 0, 0]);
  });
});

describe('whatever happens at the same time', () => {
  type Step = 'ask' | 'message' | 'look' | 'erase';

  const take = async (world: FakeWorld, step: Step, recipe: Recipe, id: string): Promise<unknown> => {
    switch (step) {
      case 'ask':
        return await requestEdit(world.prompt, recipe);
      case 'message':
        return await makeLongEdit(world.patient, id);
      case 'look':
        return await readEdit(world.status, id, 1000);
      case 'erase':
        return await eraseEdit(world.status, id);
    }
  };

  it('every result has its file, and no file is left of what was erased', async () => {
    const steps = fc.array(fc.constantFrom<Step>('ask', 'message', 'look', 'erase'), {
      minLength: 2,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, sequence) => {
        const world = new FakeWorld();
        const recipe = meme();
        const { id } = await obtain(world, recipe);
        await eraseEdit(world.status, id);
        world.trip = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(
          Promise.all(['ask' as const, ...sequence].map((step) => take(world, step, recipe, id))),
        );
        // Nobody has died: nothing is left to messages that come later.
        expectNothingLost(world);
      }),
    );
  });

  it('what many ask for at once is made once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const world = new FakeWorld();
        world.trip = () => scheduler.schedule(Promise.resolve());
        const records = await scheduler.waitFor(
          Promise.all(Array.from({ length: 4 }, () => requestEdit(world.prompt, meme()))),
        );
        expect(world.makes).toBe(1);
        expect(new Set(records.map((record) => record?.id)).size).toBe(1);
      }),
    );
  });
});
