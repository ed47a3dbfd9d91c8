import { beforeEach, describe, expect, it } from 'vitest';
import type { PublishedCampaign } from '../../../../functions/contracts/campaign.ts';
import { uploadGrantSchema } from '../../../../functions/contracts/upload-request.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { openCampaigns, toCampaignView } from '../../../../functions/personalise/domain/open-campaigns.ts';
import {
  requestUpload,
  type RequestUploadDeps,
} from '../../../../functions/personalise/domain/request-upload.ts';
import { fakeCampaign, FakeWorld } from '../fakes.ts';

const slot = {
  id: 'name',
  label: 'Name',
  example: 'Ada',
  required: true,
  maxLength: 8,
  coverage: [[32, 126]] satisfies [number, number][],
  upperCased: false,
};
const campaign: PublishedCampaign = { ...fakeCampaign, slots: [slot], variants: [] };

let world: FakeWorld;
let taken: number;
let deps: RequestUploadDeps;

beforeEach(() => {
  world = new FakeWorld();
  taken = 0;
  deps = {
    ...world.deps,
    catalogue: { index: async () => ({ campaigns: [campaign] }) },
    rate: {
      take: async (_client, limit) => {
        taken += 1;
        return taken > limit ? 42 : undefined;
      },
    },
    presign: async (jobId, contentType, maxBytes) => ({
      url: 'https://uploads.example.com/',
      fields: { key: `uploads/${jobId}`, 'Content-Type': contentType },
      expiresAt: new Date(world.now + 300_000).toISOString(),
      maxBytes,
    }),
  };
});

const request = (overrides: { campaign?: string; slots?: Record<string, string> } = {}) =>
  requestUpload(
    deps,
    { campaign: 'fake', contentType: 'image/jpeg', slots: { name: ' Ada ' }, ...overrides },
    'client',
  );

async function refusal(promise: Promise<unknown>): Promise<HttpProblem> {
  const error = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof HttpProblem)) {
    throw new Error('there was no refusal', { cause: error });
  }
  return error;
}

describe('a request for an upload', () => {
  it('registers the job with the words as they will be drawn, and grants the upload', async () => {
    const grant = await request();
    expect(uploadGrantSchema.parse(grant)).toEqual(grant);
    expect(grant.job).toMatchObject({
      id: grant.jobId,
      self: `/personalise/jobs/${grant.jobId}`,
      state: 'awaiting-upload',
    });
    expect(await world.job(grant.jobId)).toMatchObject({
      slots: { name: 'Ada' },
      campaignVersion: campaign.version,
      limits: { maxBytes: 1_000_000 },
    });
    expect(world.shown.has(grant.jobId)).toBe(true);
  });

  it.each([
    ['an unknown campaign', { campaign: 'other' }, 404, 'There is no campaign “other”. Open now: fake.'],
    ['missing words', { slots: {} }, 422, 'Some of the words cannot be used in this campaign.'],
    [
      'words that are too long',
      { slots: { name: 'A much longer name' } },
      422,
      'Some of the words cannot be used in this campaign.',
    ],
  ])('is refused for %s, and registers nothing', async (_case, overrides, status, detail) => {
    const { problem } = await refusal(request(overrides));
    expect(problem).toMatchObject({ status, detail });
    expect(world.shown.size).toBe(0);
    expect(taken).toBe(0);
  });

  it('points to the slot and names the characters that cannot be drawn', async () => {
    const { problem } = await refusal(request({ slots: { name: 'Añ漢' } }));
    expect(problem.errors?.[0]?.pointer).toBe('/slots/name');
    expect(problem.errors?.[0]?.detail).toMatch(/ñ.*漢/u);
  });

  it.each([
    ['2025-12-31T23:59:59Z', 'campaign-not-open', 'opens at 2026-01-01T00:00:00Z'],
    ['2027-01-01T00:00:00Z', 'campaign-closed', 'closed at 2027-01-01T00:00:00Z'],
  ])('at %s is refused as %s', async (now, code, detail) => {
    world.now = Date.parse(now);
    const { problem } = await refusal(request());
    expect(problem).toMatchObject({ status: 409, type: `/problems/${code}` });
    expect(problem.detail).toContain(detail);
    expect(openCampaigns({ campaigns: [campaign] }, world.now)).toEqual([]);
  });

  it('beyond the client’s rate is refused with the time to wait', async () => {
    await Promise.all([request(), request(), request()]);
    const error = await refusal(request());
    expect(error.problem.status).toBe(429);
    expect(error.headers).toEqual({ 'retry-after': '42' });
    expect(world.shown.size).toBe(3);
  });

  it('needs none of the tables of the slot check, so clients are not shown them', () => {
    expect(toCampaignView(campaign).slots).toEqual([
      { id: 'name', label: 'Name', example: 'Ada', required: true, maxLength: 8 },
    ]);
  });
});
