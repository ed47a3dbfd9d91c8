import { beforeEach, describe, expect, it } from 'vitest';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { PermanentError } from '../../../../functions/kernel/errors.ts';
import { answerEdit, answerShared } from '../../../../functions/studio/domain/answer-edit.ts';
import { eraseEdit } from '../../../../functions/studio/domain/erase-edit.ts';
import { inRecipe } from '../../../../functions/studio/domain/in-recipe.ts';
import { makeLongEdit } from '../../../../functions/studio/domain/make-long-edit.ts';
import { isOpenToAll, openShared } from '../../../../functions/studio/domain/open-shared.ts';
import { campaignKey, signedAddress } from '../../../../functions/studio/domain/address-signature.ts';
import { readEdit } from '../../../../functions/studio/domain/read-edit.ts';
import { requestEdit } from '../../../../functions/studio/domain/request-edit.ts';
import { captioned, fakeIndex, FakeWorld, meme, newUploadId } from '../fakes.ts';

const day = 24 * 60 * 60_000;
let world: FakeWorld;

beforeEach(() => {
  world = new FakeWorld();
});

function upload(content: string): string {
  const id = newUploadId();
  world.uploads.set(id, Buffer.from(content));
  return id;
}

async function problemOf(work: Promise<unknown>): Promise<HttpProblem['problem']> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof HttpProblem) {
    return error.problem;
  }
  throw new Error(`no problem, but ${String(error)}`);
}

describe('a meme', () => {
  it('is made at once, and answered 200 with its file and an address to share', async () => {
    const record = await requestEdit(world.prompt, meme());
    const { status, headers, body } = answerEdit(record, { isShared: true });
    expect(status).toBe(200);
    expect(headers).toEqual({ location: body.self });
    expect(body).toMatchObject({
      state: 'done',
      result: { format: 'png', width: 320, height: 240, frames: 1 },
      share: '/studio/images/cat/Hello.png',
    });
    expect(world.results.has(body.result?.url ?? '')).toBe(true);
  });

  it('is made once, however often it is asked for, until it expires', async () => {
    const first = await requestEdit(world.prompt, meme());
    world.now += 29 * day;
    expect(await requestEdit(world.prompt, meme())).toEqual(first);
    expect(world.makes).toBe(1);
    world.now += day;
    const anew = await requestEdit(world.prompt, meme());
    expect(anew?.times.accepted).toBe(world.now);
    expect(anew?.run).not.toBe(first?.run);
  });

  it('is another one with other words', async () => {
    const [first, second] = [
      await requestEdit(world.prompt, meme('One')),
      await requestEdit(world.prompt, meme('Two')),
    ];
    expect(first?.id).not.toBe(second?.id);
    expect(world.makes).toBe(2);
  });

  it('is made anew after its erasure', async () => {
    const first = await requestEdit(world.prompt, meme());
    expect(await eraseEdit(world.status, first?.id ?? '')).toBe(true);
    const second = await requestEdit(world.prompt, meme());
    expect(second?.id).toBe(first?.id);
    expect([...world.results.keys()]).toEqual([second?.result?.url]);
  });

  it('that fails for a while is made when it is asked for again', async () => {
    world.troubles.push(new Error('S3 is away'));
    await expect(requestEdit(world.prompt, meme())).rejects.toThrow('S3 is away');
    expect(await requestEdit(world.prompt, meme())).toMatchObject({ state: 'done', route: 'at-once' });
  });

  it('that takes too long at once is handed to the queue', async () => {
    world.troubles.push(new PermanentError('took-too-long', 'It took too long.'));
    const record = await requestEdit(world.prompt, meme());
    expect(answerEdit(record, { isShared: true })).toMatchObject({
      status: 202,
      headers: { 'retry-after': '2' },
      body: { state: 'making' },
    });
    expect(world.messages).toEqual([{ editId: record?.id, at: world.now }]);
    await makeLongEdit(world.patient, record?.id ?? '');
    expect(await requestEdit(world.prompt, meme())).toMatchObject({ state: 'done' });
  });

  it('that cannot be made is answered 422, now and later, and made no more', async () => {
    world.troubles.push(
      new HttpProblem(422, 'too-few-bytes', 'The smallest has 2000 bytes.', {
        errors: [{ pointer: '/output/maxBytes', detail: 'The smallest has 2000 bytes.' }],
      }),
    );
    for (let asked = 0; asked < 2; asked += 1) {
      const problem = await problemOf(
        inRecipe(async () => answerEdit(await requestEdit(world.prompt, meme()), { isShared: true })),
      );
      expect(problem).toEqual({
        type: '/problems/too-few-bytes',
        title: 'Unprocessable Content',
        status: 422,
        detail: 'The smallest has 2000 bytes.',
        errors: [{ pointer: '/recipe/output/maxBytes', detail: 'The smallest has 2000 bytes.' }],
      });
    }
    expect(world.makes).toBe(0);
  });
});

describe('an upload', () => {
  it('sent twice is drawn once, and an erasure of one leaves the other', async () => {
    const [first, second] = [
      await requestEdit(world.prompt, captioned(upload('photo'))),
      await requestEdit(world.prompt, captioned(upload('photo'))),
    ];
    expect(world.makes).toBe(1);
    expect(first?.id).not.toBe(second?.id);
    await eraseEdit(world.status, first?.id ?? '');
    expect([...world.results.keys()]).toEqual([second?.result?.url]);
    expect(await requestEdit(world.prompt, captioned(upload('photo')))).toMatchObject({ state: 'done' });
  });

  it('of another client cannot be used by who does not know its id', async () => {
    upload('photo');
    expect(await problemOf(requestEdit(world.prompt, captioned(newUploadId())))).toMatchObject({
      status: 404,
      type: '/problems/unknown-upload',
      errors: [{ pointer: '/source/upload' }],
    });
    expect(world.allEdits()).toEqual([]);
  });

  it('that cannot be read is refused where the recipe names it, and nothing is registered', async () => {
    expect(await problemOf(requestEdit(world.prompt, captioned(upload('bad'))))).toMatchObject({
      status: 422,
      type: '/problems/damaged-source',
      errors: [{ pointer: '/source/upload', detail: 'It is damaged. Send another one.' }],
    });
    expect(world.allEdits()).toEqual([]);
  });

  it('is deleted with the edit that names it', async () => {
    const id = upload('photo');
    const record = await requestEdit(world.prompt, captioned(id));
    await eraseEdit(world.status, record?.id ?? '');
    expect(world.uploads.size).toBe(0);
    expect(await problemOf(requestEdit(world.prompt, captioned(id)))).toMatchObject({ status: 404 });
  });
});

describe('a movie', () => {
  it('goes through the queue, and whoever waits gets it as soon as it is there', async () => {
    const recipe = captioned(upload('movie'), 'gif');
    const accepted = await requestEdit(world.prompt, recipe);
    expect(answerEdit(accepted, { isShared: true })).toMatchObject({
      status: 202,
      headers: { location: `/studio/edits/${accepted?.id}`, 'retry-after': '2' },
      body: { state: 'accepted' },
    });
    let looks = 0;
    const pause = async (milliseconds: number): Promise<void> => {
      world.now += Math.ceil(milliseconds);
      looks += 1;
      if (looks === 3) {
        await makeLongEdit(world.patient, accepted?.id ?? '');
      }
    };
    const waited = await readEdit({ ...world.status, pause }, accepted?.id ?? '', 20_000);
    expect(waited).toMatchObject({ state: 'done', route: 'queued', result: { frames: expect.any(Number) } });
    expect(looks).toBe(3);
  });

  it('is looked at less and less often while one waits', async () => {
    const { id = '' } = (await requestEdit(world.prompt, captioned(upload('movie'), 'gif'))) ?? {};
    const pauses: number[] = [];
    const before = world.now;
    const pause = async (milliseconds: number): Promise<void> => {
      pauses.push(milliseconds);
      world.now += milliseconds;
    };
    await readEdit({ ...world.status, pause }, id, 20_000);
    expect(world.now - before).toBe(20_000);
    expect(pauses.length).toBeLessThan(20);
    expect(pauses.slice(0, 6)).toEqual(pauses.slice(0, 6).toSorted((a, b) => a - b));
  });

  it('that nobody is making is queued again by who looks at it, but not for ever', async () => {
    const { id = '' } = (await requestEdit(world.prompt, captioned(upload('movie'), 'gif'))) ?? {};
    world.messages.splice(0);
    for (let looks = 0; looks < 20; looks += 1) {
      world.now += 20 * 60_000;
      await readEdit(world.status, id, 0);
      await readEdit(world.status, id, 0);
    }
    expect(world.messages.map(({ editId }) => editId)).toEqual([id, id, id, id, id]);
  });

  it('is made by one maker at a time', async () => {
    const { id = '' } = (await requestEdit(world.prompt, captioned(upload('movie'), 'gif'))) ?? {};
    await Promise.all([makeLongEdit(world.patient, id), makeLongEdit(world.patient, id)]);
    expect(world.makes).toBe(1);
  });

  it('whose upload is gone when its turn comes fails with the reason', async () => {
    const { id = '' } = (await requestEdit(world.prompt, captioned(upload('movie'), 'gif'))) ?? {};
    world.uploads.clear();
    await makeLongEdit(world.patient, id);
    expect(await world.edit(id)).toMatchObject({ state: 'failed', failure: { code: 'unknown-upload' } });
  });
});

describe('a share address', () => {
  const key = campaignKey('the stage’s key', 'spring-sale');
  const deps = (isSignatureRequired = false) => ({
    ...world.prompt,
    shareKeys: async (campaign: string) => [campaignKey('the stage’s key', campaign)],
    isSignatureRequired,
  });

  it('leads to the stored result, which is made when it is not there', async () => {
    const record = await openShared(deps(), '/studio/images/cat/Hello.png', {});
    expect(answerShared(record)).toEqual({
      status: 302,
      headers: { location: record?.result?.url, 'cache-control': 'public, max-age=60' },
    });
    await openShared(deps(), '/studio/images/cat/Hello.png', {});
    expect(world.makes).toBe(1);
  });

  it('shows a page that asks again while it is made', async () => {
    world.troubles.push(new PermanentError('took-too-long', 'It took too long.'));
    const answer = answerShared(await openShared(deps(), '/studio/images/cat/Hello.png', {}));
    expect(answer).toMatchObject({ status: 202, headers: { 'retry-after': '2' } });
    expect(answer.page).toContain('http-equiv="refresh"');
  });

  it('of a template that is not there is answered 404', async () => {
    expect(await problemOf(openShared(deps(), '/studio/images/dog/Hello.png', {}))).toMatchObject({
      status: 404,
      type: '/problems/unknown-template',
    });
  });

  it('has to be signed where that is asked for, and is of no use once it has expired', async () => {
    const expires = Math.floor(world.now / 1000) + 60;
    const address = signedAddress(
      { template: 'cat', lines: ['Hello'], format: 'png', options: { campaign: 'spring-sale', expires } },
      key,
    );
    const [path = '', query = ''] = address.split('?');
    const open = (parameters: Record<string, string>): Promise<unknown> =>
      openShared(deps(true), path, parameters);
    const signed = Object.fromEntries(new URLSearchParams(query));
    expect(await open(signed)).toMatchObject({ state: 'done' });
    expect(await problemOf(open({}))).toMatchObject({ status: 403 });
    expect(await problemOf(open({ ...signed, expires: String(expires + 60) }))).toMatchObject({
      status: 403,
    });
    world.now += 60_000;
    expect(await problemOf(open(signed))).toMatchObject({ status: 410 });
  });

  it('of a template that belongs to a campaign is opened with the signature of that campaign only, and not given away', async () => {
    const owned = {
      ...deps(),
      library: {
        ...world.prompt.library,
        index: async () => ({
          ...fakeIndex,
          templates: fakeIndex.templates.map((each) => Object.assign({ campaign: 'spring-sale' }, each)),
        }),
      },
    };
    const addressOf = (campaign: string) => {
      const image = { template: 'cat', lines: ['Hi'], format: 'png', options: { campaign } } as const;
      return signedAddress(image, campaignKey('the stage’s key', campaign)).split('?');
    };
    const open = async (campaign: string): Promise<unknown> => {
      const [path = '', query = ''] = addressOf(campaign);
      return await openShared(owned, path, Object.fromEntries(new URLSearchParams(query)));
    };
    expect(await open('spring-sale')).toMatchObject({ state: 'done' });
    expect(await problemOf(open('autumn'))).toMatchObject({
      status: 403,
      type: '/problems/wrong-signature',
    });
    expect(await problemOf(openShared(owned, '/studio/images/cat/Hi.png', {}))).toMatchObject({
      status: 403,
      type: '/problems/unsigned-address',
    });
    expect(await isOpenToAll(owned, meme())).toBe(false);
    expect(await isOpenToAll(deps(), meme())).toBe(true);
    expect(await isOpenToAll(deps(true), meme())).toBe(false);
  });
});
