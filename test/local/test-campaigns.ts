import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type CampaignIndex, campaignIndexSchema } from '../../functions/contracts/campaign.ts';
import type { Stage } from '../../local/stage.ts';

export const s3Of = (stage: Stage): S3Client =>
  new S3Client({
    endpoint: stage.endpoints.s3,
    region: stage.region,
    credentials: stage.credentials,
    forcePathStyle: true,
  });

/** Publishes, beside the shipped campaigns, `final-vote` under other names: closed, to come, with small limits. */
export async function publishTestCampaigns(stage: Stage): Promise<void> {
  const place = { Bucket: stage.bucket('Assets'), Key: 'campaigns/index.json' };
  const s3 = s3Of(stage);
  const stored = await s3.send(new GetObjectCommand(place));
  const index = campaignIndexSchema.parse(JSON.parse((await stored.Body?.transformToString()) ?? ''));
  const shipped = index.campaigns.find(({ id }) => id === 'final-vote');
  if (shipped === undefined) {
    throw new Error('final-vote is not shipped');
  }
  const campaigns: CampaignIndex['campaigns'] = [
    ...index.campaigns,
    { ...shipped, id: 'closed', closesAt: '2026-02-01T00:00:00Z' },
    { ...shipped, id: 'to-come', opensAt: '2036-01-01T00:00:00Z' },
    { ...shipped, id: 'small', limits: { ...shipped.limits, maxBytes: 50_000, maxPixels: 1_000_000 } },
  ];
  await s3.send(new PutObjectCommand({ ...place, Body: JSON.stringify({ campaigns }) }));
  s3.destroy();
}
