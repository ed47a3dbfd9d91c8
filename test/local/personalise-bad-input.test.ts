import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../functions/contracts/job.ts';
import { problemSchema } from '../../functions/contracts/problem.ts';
import { grainyJpeg, pngBomb, quarteredPhoto } from '../fixtures/photos.ts';
import { Person } from './person.ts';
import { useStage } from './running-stage.ts';
import { publishTestCampaigns, s3Of } from './test-campaigns.ts';

const running = useStage(publishTestCampaigns);
let people = 0;
const somebody = (): Person => new Person(running().stage.origin, 1000 + (people += 1));
const wish = { campaign: 'final-vote', slots: { name: 'Ada', finalist: 'Mira Holm' } };

async function picturesOf(job: Job): Promise<Buffer[]> {
  const person = somebody();
  return Promise.all((job.results ?? []).map(async ({ url }) => (await person.call('GET', url)).body));
}

describe('an upload that is no photo to be drawn', () => {
  it.each([
    [
      'a truncated JPEG',
      async () => (await grainyJpeg(800, 600)).subarray(0, 20_000),
      'damaged-picture',
      /damaged/u,
    ],
    [
      'a text file',
      async () => Buffer.from('These are only words.'),
      'not-a-picture',
      /text file.*JPEG, PNG, WebP, AVIF or GIF/u,
    ],
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>'),
      'unsupported-picture',
      /SVG.*JPEG, PNG, WebP or AVIF/u,
    ],
    [
      'a HEIC picture',
      async () => Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'),
      'unsupported-picture',
      /HEIC.*send JPEG, PNG, WebP or AVIF/u,
    ],
    ['a PNG bomb', async () => pngBomb(), 'too-many-pixels', /20000 × 20000.*at most 50\.0 megapixels/u],
    ['a tiny picture', async () => quarteredPhoto(20, 20).png().toBuffer(), 'too-few-pixels', /20 × 20/u],
  ])('%s ends failed, in words, and is deleted', async (_case, make, code, message) => {
    const person = somebody();
    const grant = await person.ask(wish);
    expect((await person.upload(grant, await make())).status).toBe(204);
    const job = await person.end(grant.jobId);
    expect(job).toMatchObject({ state: 'failed', failure: { code } });
    expect(job.failure?.message).toMatch(message);
    if (code !== 'damaged-picture') {
      const { stage } = running();
      const head = new HeadObjectCommand({ Bucket: stage.bucket('Uploads'), Key: `uploads/${grant.jobId}` });
      await expect(s3Of(stage).send(head)).rejects.toMatchObject({ name: 'NotFound' });
    }
  });
});

describe('an unusual photo', () => {
  it.each([
    [
      'an animated GIF, by its first frame',
      async () => {
        const frames = await Promise.all(
          [
            quarteredPhoto(300, 300),
            sharp({ create: { width: 300, height: 300, channels: 3, background: '#000' } }),
          ].map((frame) => frame.png().toBuffer()),
        );
        return sharp(frames, { join: { animated: true } })
          .gif({ delay: [100, 100] })
          .toBuffer();
      },
    ],
    ['a CMYK JPEG', async () => quarteredPhoto().toColourspace('cmyk').jpeg().toBuffer()],
    ['a 16-bit PNG', async () => quarteredPhoto().toColourspace('rgb16').png().toBuffer()],
    ['a WebP', async () => quarteredPhoto().webp().toBuffer()],
    ['an AVIF', async () => quarteredPhoto().avif({ effort: 0 }).toBuffer()],
    ['a transparent PNG', async () => quarteredPhoto().ensureAlpha(0.5).png().toBuffer()],
  ])('%s is drawn', async (_case, make) => {
    const job = await somebody().personalise(wish, await make());
    expect(job.failure).toBeUndefined();
    expect(job.results?.map(({ variant }) => variant)).toEqual(['square', 'story', 'open-graph']);
    const [square = Buffer.alloc(0)] = await picturesOf(job);
    expect(await sharp(square).metadata()).toMatchObject({
      width: 1080,
      height: 1080,
      space: 'srgb',
      channels: 3,
    });
  });

  it('with EXIF, GPS and an orientation gives upright pictures without any of it', async () => {
    const photo = await grainyJpeg(1200, 900, 6);
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const job = await somebody().personalise(wish, photo);
    for (const picture of await picturesOf(job)) {
      const metadata = await sharp(picture).metadata();
      expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect(picture.includes('GPS')).toBe(false);
    }
  });
});

describe('an upload that its policy does not allow is refused by S3', () => {
  const photo = quarteredPhoto().jpeg().toBuffer();

  it.each([
    ['of zero bytes', Buffer.alloc(0), {}, 400, 'EntityTooSmall'],
    ['larger than allowed', Buffer.alloc(60_000, 1), {}, 400, 'EntityTooLarge'],
    ['of another content type', Buffer.alloc(100, 1), { 'Content-Type': 'text/html' }, 403, 'AccessDenied'],
    ['under another key', Buffer.alloc(100, 1), { key: 'uploads/other' }, 403, 'AccessDenied'],
    ['with a field more', Buffer.alloc(100, 1), { acl: 'public-read' }, 403, 'AccessDenied'],
  ])('%s', async (_case, bytes, fields, status, code) => {
    const person = somebody();
    const grant = await person.ask({ ...wish, campaign: 'small' });
    const answer = await person.upload(grant, bytes, fields);
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain(`<Code>${code}</Code>`);
    expect((await person.job(grant.jobId)).state).toBe('awaiting-upload');
  });

  it('whose policy has expired', async () => {
    const { stage } = running();
    const person = somebody();
    const grant = await person.ask(wish);
    const key = `uploads/${grant.jobId}`;
    const late = await createPresignedPost(s3Of(stage), {
      Bucket: stage.bucket('Uploads'),
      Key: key,
      Expires: -1,
    });
    const answer = await person.upload({ ...grant, upload: { ...grant.upload, ...late } }, await photo);
    expect(answer.status).toBe(403);
    expect(answer.body.toString()).toContain('Policy expired');
  });

  it('and a page of any origin may send it, by CORS', async () => {
    const person = somebody();
    const grant = await person.ask(wish);
    const preflight = await fetch(grant.upload.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    const refused = await fetch(grant.upload.url, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'DELETE' },
    });
    expect(refused.status).toBe(403);
  });
});

describe('a request that cannot be granted', () => {
  it.each([
    ['an unknown campaign', { campaign: 'nowhere' }, 404, /no campaign “nowhere”\. Open now: .*final-vote/u],
    ['a closed campaign', { campaign: 'closed' }, 409, /closed at 2026-02-01T00:00:00Z/u],
    ['a campaign that is not yet open', { campaign: 'to-come' }, 409, /opens at 2036-01-01T00:00:00Z/u],
    ['missing words', { slots: { finalist: 'Mira' } }, 422, /\/slots\/name.*/u],
    [
      'words that are too long',
      { slots: { ...wish.slots, name: 'a'.repeat(21) } },
      422,
      /\/slots\/name.*20/u,
    ],
    [
      'emoji without an emoji font',
      { slots: { ...wish.slots, name: 'Ada 😀👩‍👩‍👧' } },
      422,
      /\/slots\/name.*😀.*👩‍👩‍👧/u,
    ],
    [
      'Chinese without a Chinese font',
      { slots: { ...wish.slots, name: '漢字' } },
      422,
      /\/slots\/name.*漢.*字/u,
    ],
    [
      'a slot that the campaign does not have',
      { slots: { ...wish.slots, surname: 'L' } },
      422,
      /\/slots\/surname/u,
    ],
    ['a content type that is not accepted', { contentType: 'image/heic' }, 422, /\/contentType/u],
  ])('for %s says so', async (_case, change, status, words) => {
    const answer = await somebody().json('POST', '/personalise/uploads', {
      contentType: 'image/jpeg',
      ...wish,
      ...change,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.stringify(problemSchema.parse(answer.body))).toMatch(words);
  });

  it('for malformed JSON says so', async () => {
    const answer = await somebody().call('POST', '/personalise/uploads', '{"campaign": "final-vote",}');
    expect(answer.status).toBe(400);
    expect(problemSchema.parse(JSON.parse(answer.body.toString()))).toMatchObject({
      type: '/problems/malformed-json',
    });
  });

  it('for a job that there is not says so', async () => {
    for (const id of ['01J00000000000000000000000', 'nonsense']) {
      const answer = await somebody().json('GET', `/personalise/jobs/${id}`);
      expect(problemSchema.parse(answer.body)).toMatchObject({ status: 404, type: '/problems/unknown-job' });
    }
    const wait = await somebody().json('GET', '/personalise/jobs/01J00000000000000000000000?wait=21');
    expect(problemSchema.parse(wait.body)).toMatchObject({ status: 400, type: '/problems/invalid-wait' });
  });

  it('beyond the client’s rate says when to come back, whatever address it claims', async () => {
    const person = somebody();
    const spoofed = { 'cloudfront-viewer-address': '198.51.100.1:1', 'x-forwarded-for': '198.51.100.1' };
    const body = JSON.stringify({ contentType: 'image/jpeg', ...wish });
    const answers = [];
    // The limit is of clock minutes: the requests may fall into two.
    for (let request = 0; request < 21; request += 1) {
      answers.push(
        await person.call('POST', '/personalise/uploads', body, { ...spoofed, 'x-spoof': String(request) }),
      );
    }
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await somebody().ask(wish)).job.state).toBe('awaiting-upload');
  });
});

describe('words in other scripts', () => {
  it.each([
    ['final-vote', { name: 'Þóra Ágústsdóttir', finalist: 'Łukasz Żółć' }],
    ['final-vote', { name: 'ليلى', finalist: 'שירה לוי' }],
    ['final-vote', { name: 'Ελένη', finalist: 'Наташа' }],
    ['summer-festival', { name: 'Sunny 😎👩‍👩‍👧' }],
  ])('are drawn in %s: %j', async (campaign, slots) => {
    const job = await somebody().personalise({ campaign, slots }, await quarteredPhoto().jpeg().toBuffer());
    expect(job.state).toBe('done');
  });
});
