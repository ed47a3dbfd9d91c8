import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { systemClock } from '../kernel/clock.ts';
import type { CampaignList, CampaignView } from '../contracts/campaign.ts';
import { createCampaignCatalogue } from './adapters/s3-campaigns.ts';
import { findOpenCampaign, openCampaigns, toCampaignView } from './domain/open-campaigns.ts';
import { campaignsEnv } from './env.ts';

const env = parseEnvironment(campaignsEnv);
const catalogue = createCampaignCatalogue(env.ASSETS_BUCKET_NAME, systemClock);
const headers = { 'cache-control': 'public, max-age=30' };

export const handler = httpHandler({
  'GET /personalise/campaigns': async () => {
    const campaigns = openCampaigns(await catalogue.index(), systemClock()).map(toCampaignView);
    return { status: 200, headers, body: { campaigns } satisfies CampaignList };
  },
  'GET /personalise/campaigns/{id}': async (event) => {
    const campaign = findOpenCampaign(await catalogue.index(), event.pathParameters?.id ?? '', systemClock());
    return { status: 200, headers, body: toCampaignView(campaign) satisfies CampaignView };
  },
});
