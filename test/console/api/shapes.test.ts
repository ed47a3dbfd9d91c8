import { describe, expect, it } from 'vitest';
import {
  isCampaign,
  isCampaignList,
  isJob,
  isProblem,
  isUploadGrant,
} from '../../../console/src/api/shapes.ts';
import { campaignViewSchema } from '../../../functions/contracts/campaign.ts';
import { jobSchema, jobStates } from '../../../functions/contracts/job.ts';
import { problemSchema } from '../../../functions/contracts/problem.ts';
import { uploadGrantSchema } from '../../../functions/contracts/upload-request.ts';
import { fakeCampaigns, fakeResults } from '../fake-campaigns.ts';

const at = '2028-01-01T00:00:00.000Z';
const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const waiting = {
  id,
  self: `/personalise/jobs/${id}`,
  campaign: 'night-vote',
  campaignVersion: '0123456789abcdef',
  state: 'awaiting-upload',
  times: { 'awaiting-upload': at },
  uploadExpiresAt: at,
};

/** Every single part of `value` taken away or made something else, one at a time. */
function mutilations(value: object): unknown[] {
  return Object.keys(value).flatMap((key) => [
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)),
    { ...value, [key]: [null] },
  ]);
}

describe('the page understands what the contracts allow', () => {
  it.each(jobStates)('a job that is %s', (state) => {
    expect(isJob(jobSchema.parse({ ...waiting, state }))).toBe(true);
  });

  it('a finished and a failed job', () => {
    const results = fakeCampaigns.flatMap(fakeResults);
    expect(isJob(jobSchema.parse({ ...waiting, state: 'done', results }))).toBe(true);
    const failure = { code: 'not-a-picture', message: 'No picture.' };
    expect(isJob(jobSchema.parse({ ...waiting, state: 'failed', failure }))).toBe(true);
  });

  it('campaigns', () => {
    expect(
      isCampaignList({ campaigns: fakeCampaigns.map((campaign) => campaignViewSchema.parse(campaign)) }),
    ).toBe(true);
  });

  it('a permission to upload', () => {
    const upload = { url: 'https://bucket.example/', fields: { key: 'a' }, expiresAt: at, maxBytes: 5 };
    expect(isUploadGrant(uploadGrantSchema.parse({ jobId: id, upload, job: waiting }))).toBe(true);
  });

  it('a problem', () => {
    const problem = {
      type: '/problems/x',
      title: 'x',
      status: 422,
      detail: 'x',
      errors: [{ pointer: '/a', detail: 'x' }],
    };
    expect(isProblem(problemSchema.parse(problem))).toBe(true);
  });
});

describe('the page does not go on with', () => {
  it('a job that lacks what it shows', () => {
    const used = new Set(['id', 'self', 'campaign', 'state', 'uploadExpiresAt', 'results', 'failure']);
    const {
      campaignVersion: _,
      times: __,
      ...job
    } = { ...waiting, results: [], failure: { code: 'x', message: 'x' } };
    expect(Object.keys(job).toSorted()).toEqual([...used].toSorted());
    // Leaving out `results` or `failure` is allowed, hence two that are still fine.
    expect(mutilations(job).filter(isJob)).toHaveLength(2);
    expect(isJob({ ...waiting, state: 'asleep' })).toBe(false);
    expect(isJob({ ...waiting, state: 'toString' })).toBe(false);
    expect(isJob({ ...waiting, results: [{ url: '/a.jpg' }] })).toBe(false);
  });

  it('a campaign that lacks what it shows', () => {
    const [campaign] = fakeCampaigns;
    if (campaign === undefined) {
      throw new Error('the fake has no campaign');
    }
    const { version: _, opensAt: __, ...shown } = campaign;
    expect(mutilations(shown).filter(isCampaign)).toEqual([]);
    expect(isCampaign({ ...shown, slots: [{ id: 'a' }] })).toBe(false);
  });

  it.each([undefined, null, 'text', 5, [], {}, '<html>Sign in to the hotel’s network</html>'])(
    '%j',
    (value) => {
      expect([isJob, isCampaign, isCampaignList, isUploadGrant, isProblem].some((is) => is(value))).toBe(
        false,
      );
    },
  );
});
