import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type CampaignList, campaignListSchema } from '../../functions/contracts/campaign.ts';
import { problemSchema } from '../../functions/contracts/problem.ts';
import { redriveQueue } from '../../tools/redrive/redrive-queue.ts';
import { quarteredPhoto } from '../fixtures/photos.ts';
import { Person } from './person.ts';
import { useStage } from './running-stage.ts';
import { s3Of } from './test-campaigns.ts';

const running = useStage();
let people = 0;
const somebody = (): Person => new Person(running().stage.origin, 2000 + (people += 1));
const wish = { campaign: 'final-vote', slots: { name: 'Ada', finalist: 'Mira Holm' } };
const until = { timeout: 25_000, interval: 50 };

let photos = 0;
/** A photo that nobody has sent before. */
const newPhoto = async (): Promise<Buffer> =>
  quarteredPhoto(600 + (photos += 2), 480)
    .jpeg()
    .toBuffer();

const keysIn = async (bucket: string, prefix: string): Promise<string[]> => {
  const { stage } = running();
  const listed = await s3Of(stage).send(
    new ListObjectsV2Command({ Bucket: stage.bucket(bucket), Prefix: prefix }),
  );
  return (listed.Contents ?? []).map(({ Key }) => Key ?? '');
};

describe('browser → presigned POST → accept-upload → queue → render → Redis', () => {
  let campaigns: CampaignList['campaigns'];
  beforeAll(async () => {
    campaigns = campaignListSchema.parse(
      (await somebody().json('GET', '/personalise/campaigns')).body,
    ).campaigns;
  });

  it('describes the open campaigns, with previews that load', async () => {
    expect(campaigns.map(({ id }) => id).toSorted()).toEqual(['final-vote', 'summer-festival']);
    for (const { id, variants } of campaigns) {
      expect((await somebody().json('GET', `/personalise/campaigns/${id}`)).status).toBe(200);
      for (const { previewUrl } of variants) {
        const preview = await somebody().call('GET', previewUrl);
        expect([preview.status, preview.headers['content-type']]).toEqual([200, 'image/jpeg']);
      }
    }
    expect(
      problemSchema.parse((await somebody().json('GET', '/personalise/campaigns/none')).body).status,
    ).toBe(404);
  });

  it('gives every variant of a campaign, in its size, immutable, from one answer that waited', async () => {
    const person = somebody();
    const grant = await person.ask(wish);
    expect(grant).toMatchObject({ job: { state: 'awaiting-upload' }, upload: { maxBytes: 20_000_000 } });
    const waiting = person.job(grant.jobId, 20);
    expect((await person.upload(grant, await newPhoto())).status).toBe(204);
    const job = await waiting;
    expect(job.state).toBe('done');
    expect(Object.keys(job.times)).toEqual(['awaiting-upload', 'accepted', 'rendering', 'done']);
    for (const { url, width, height, bytes } of job.results ?? []) {
      const answer = await person.call('GET', url);
      expect(answer.status).toBe(200);
      expect(answer.headers['cache-control']).toContain('immutable');
      expect(answer.body.byteLength).toBe(bytes);
      expect([width, height].every((side) => side >= 630)).toBe(true);
    }
  });

  it('answers at once when it need not wait', async () => {
    const person = somebody();
    const grant = await person.ask(wish);
    expect((await person.job(grant.jobId)).state).toBe('awaiting-upload');
    expect((await person.job(grant.jobId, 0.2)).state).toBe('awaiting-upload');
  });
});

describe('one render per picture', () => {
  it('however many ask for it at the same time, and afterwards', async () => {
    const { metric } = running();
    const photo = await newPhoto();
    const before = metric('Render', 'PictureRendered');
    const jobs = await Promise.all(Array.from({ length: 6 }, () => somebody().personalise(wish, photo)));
    const late = await somebody().personalise(wish, photo);
    expect(new Set([...jobs, late].map(({ results }) => JSON.stringify(results))).size).toBe(1);
    await vi.waitFor(() => expect(metric('Render', 'JobDone')).toBeGreaterThanOrEqual(7), until);
    expect(metric('Render', 'PictureRendered')).toBe(before + 1);
  });

  it('but not for other words or another photo', async () => {
    const photo = await newPhoto();
    const one = await somebody().personalise(wish, photo);
    const other = await somebody().personalise({ ...wish, slots: { ...wish.slots, name: 'Grace' } }, photo);
    const third = await somebody().personalise(wish, await newPhoto());
    expect(new Set([one, other, third].map(({ results }) => results?.[0]?.url)).size).toBe(3);
  });
});

describe('erasure', () => {
  it('takes the upload, every picture and what the person wrote', async () => {
    const person = somebody();
    const job = await person.personalise(wish, await newPhoto());
    const folder = (job.results?.[0]?.url ?? '').slice(1).replace(/[^/]+$/u, '');
    expect(await keysIn('Results', folder)).toHaveLength(3);
    expect((await person.json('DELETE', job.self)).status).toBe(204);
    expect(await keysIn('Results', folder)).toEqual([]);
    expect(await keysIn('Uploads', `uploads/${job.id}`)).toEqual([]);
    for (const { url } of job.results ?? []) {
      expect((await person.call('GET', url)).status).toBe(404);
    }
    expect(problemSchema.parse((await person.json('GET', `${job.self}?wait=20`)).body)).toMatchObject({
      status: 410,
      type: '/problems/job-erased',
    });
    expect((await person.json('DELETE', job.self)).status).toBe(204);
    expect((await person.json('DELETE', '/personalise/jobs/01J00000000000000000000000')).status).toBe(404);
  });

  it('of a job that waits for its upload makes the upload vanish', async () => {
    const person = somebody();
    const grant = await person.ask(wish);
    expect((await person.json('DELETE', grant.job.self)).status).toBe(204);
    await person.upload(grant, await newPhoto());
    await vi.waitFor(
      async () => expect(await keysIn('Uploads', `uploads/${grant.jobId}`)).toEqual([]),
      until,
    );
    expect((await person.json('GET', grant.job.self)).status).toBe(410);
  });
});

describe('when something goes wrong', () => {
  it('S3 events that come twice and late change nothing', async () => {
    const { stage, metric } = running();
    stage.faults.s3Events({ delayMs: 300, deliveries: 3 });
    const before = metric('Render', 'PictureRendered');
    const job = await somebody().personalise(wish, await newPhoto());
    stage.faults.s3Events({});
    expect(job.state).toBe('done');
    await vi.waitFor(async () => expect(await waitingMessages('RenderQueue/Queue')).toBe(0), until);
    expect(metric('Render', 'PictureRendered')).toBe(before + 1);
    expect((await somebody().job(job.id)).state).toBe('done');
  });

  it('a worker killed in the middle is delivered again, and finishes', async () => {
    const { stage } = running();
    stage.faults.killNext('Render', 60);
    const person = somebody();
    const grant = await person.ask(wish);
    await person.upload(grant, await newPhoto());
    await vi.waitFor(async () => expect(await stage.faults.elapseVisibility()).toBe(1), until);
    expect((await person.end(grant.jobId)).state).toBe('done');
  });

  it('a killed worker’s lease does not hold up another that wants the same picture', async () => {
    const { stage } = running();
    const photo = await newPhoto();
    stage.faults.killNext('Render', 60);
    const first = await somebody().ask(wish);
    await somebody().upload(first, photo);
    // Or the other's message might be the one whose worker is killed.
    await vi.waitFor(async () => {
      expect((await somebody().job(first.jobId)).state).not.toBe('awaiting-upload');
    }, until);
    const job = await somebody().personalise(wish, photo);
    expect(job.state).toBe('done');
    await vi.waitFor(async () => {
      await stage.faults.elapseVisibility();
      expect((await somebody().job(first.jobId)).state).toBe('done');
    }, until);
  });

  it('a job is told from S3 when Redis has lost it', async () => {
    const { stage } = running();
    const person = somebody();
    const job = await person.personalise(wish, await newPhoto());
    await stage.faults.redisLosesAll();
    expect(await person.job(job.id)).toEqual(job);
  });

  it('work that cannot be done is set aside, and redriven when it can', async () => {
    const { stage } = running();
    const sqs = sqsOf();
    const results = stage.bucket('Results');
    stage.faults.failWrites({ bucket: results, keyPrefix: 'personalise/results/', status: 503 });
    const person = somebody();
    const grant = await person.ask(wish);
    await person.upload(grant, await newPhoto());
    await vi.waitFor(
      async () => {
        await stage.faults.elapseVisibility();
        expect(await waitingMessages('RenderQueue/DeadLetters')).toBe(1);
      },
      { timeout: 60_000, interval: 100 },
    );
    expect((await person.job(grant.jobId)).state).toBe('rendering');
    stage.faults.healWrites();
    const deadLetters = stage.outputs['fanfare-dev-personalise']?.['RenderDeadLettersArn'] ?? '';
    expect(await redriveQueue(sqs, deadLetters)).toBe(1);
    expect((await person.end(grant.jobId)).state).toBe('done');
    sqs.destroy();
  }, 90_000);

  it('without Redis no upload is granted, jobs under way still finish, and are told from S3', async () => {
    const { stage } = running();
    const person = somebody();
    const grant = await person.ask(wish);
    await stage.faults.redisDown();
    try {
      const refused = await person.json('POST', '/personalise/uploads', {
        contentType: 'image/jpeg',
        ...wish,
      });
      expect(refused.status).toBe(503);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(problemSchema.parse(refused.body).type).toBe('/problems/temporarily-unavailable');
      await person.upload(grant, await newPhoto());
      expect((await person.end(grant.jobId)).state).toBe('done');
    } finally {
      await stage.faults.redisUp();
    }
    expect((await person.personalise(wish, await newPhoto())).state).toBe('done');
  }, 60_000);
});

const sqsOf = (): SQSClient => {
  const { stage } = running();
  return new SQSClient({
    endpoint: stage.endpoints.sqs,
    region: stage.region,
    credentials: stage.credentials,
  });
};

async function waitingMessages(queue: string): Promise<number> {
  const sqs = sqsOf();
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: running().stage.queueUrl(queue), AttributeNames: ['All'] }),
  );
  sqs.destroy();
  return (
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible)
  );
}
