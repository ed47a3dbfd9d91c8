import type { CampaignList, CampaignView } from '../../../functions/contracts/campaign.ts';
import { request } from './request.ts';
import { isCampaign, isCampaignList } from './shapes.ts';

/** Every open campaign. */
export async function listCampaigns(signal: AbortSignal): Promise<CampaignList['campaigns']> {
  return (await request('/personalise/campaigns', isCampaignList, { signal })).value.campaigns;
}

/** One open campaign. Refused, in words, when it is closed, not open yet or unknown. */
export async function getCampaign(id: string, signal: AbortSignal): Promise<CampaignView> {
  return (await request(`/personalise/campaigns/${id}`, isCampaign, { signal })).value;
}
