import type { CampaignIndex, CampaignView, PublishedCampaign } from '../../contracts/campaign.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';

/** The campaigns open at `now` (epoch milliseconds). */
export const openCampaigns = (index: CampaignIndex, now: number): PublishedCampaign[] =>
  index.campaigns.filter(
    (campaign) => Date.parse(campaign.opensAt) <= now && now < Date.parse(campaign.closesAt),
  );

/** The campaign when it is open; else a problem that says why not and which are. */
export function findOpenCampaign(index: CampaignIndex, id: string, now: number): PublishedCampaign {
  const campaign = index.campaigns.find((candidate) => candidate.id === id);
  if (campaign === undefined) {
    const open = openCampaigns(index, now).map((candidate) => candidate.id);
    throw new HttpProblem(
      404,
      'unknown-campaign',
      `There is no campaign “${id}”. ${open.length === 0 ? 'None is open now.' : `Open now: ${open.join(', ')}.`}`,
    );
  }
  if (now < Date.parse(campaign.opensAt)) {
    throw new HttpProblem(409, 'campaign-not-open', `“${campaign.title}” opens at ${campaign.opensAt}.`);
  }
  if (now >= Date.parse(campaign.closesAt)) {
    throw new HttpProblem(409, 'campaign-closed', `“${campaign.title}” closed at ${campaign.closesAt}.`);
  }
  return campaign;
}

/** What clients are shown: without the tables that only the slot check needs. */
export const toCampaignView = ({ slots, ...campaign }: PublishedCampaign): CampaignView => ({
  ...campaign,
  slots: slots.map(({ coverage: _coverage, upperCased: _upperCased, ...slot }) => slot),
});
