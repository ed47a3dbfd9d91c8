import {
  type CampaignIndex,
  campaignIndexSchema,
  type CompiledCampaign,
  compiledCampaignSchema,
} from '../../contracts/campaign.ts';
import type { Clock } from '../../kernel/clock.ts';
import { getJson, getObject } from '../../kernel/s3.ts';
import type { CampaignAssets, CampaignCatalogue } from '../domain/ports.ts';

/** How long an execution environment keeps the index, in milliseconds: a new campaign is seen everywhere after it. */
const indexLifeMs = 30_000;

export function createCampaignCatalogue(bucket: string, clock: Clock): CampaignCatalogue {
  let kept: { index: CampaignIndex; until: number } | undefined;
  return {
    index: async () => {
      if (kept === undefined || kept.until <= clock()) {
        const stored = await getJson(bucket, 'campaigns/index.json', campaignIndexSchema);
        kept = { index: stored?.value ?? { campaigns: [] }, until: clock() + indexLifeMs };
      }
      return kept.index;
    },
  };
}

/** Compiled campaigns never change under their version, so what was read once is kept; pictures are cached by who decodes them. */
export function createCampaignAssets(bucket: string): CampaignAssets {
  const campaigns = new Map<string, CompiledCampaign>();
  return {
    campaign: async (id, version) => {
      const key = `campaigns/${id}/${version}/campaign.json`;
      const campaign = campaigns.get(key) ?? (await getJson(bucket, key, compiledCampaignSchema))?.value;
      if (campaign === undefined) {
        throw new Error(`The campaign ${id} has no version ${version} in the assets bucket`);
      }
      campaigns.set(key, campaign);
      return campaign;
    },
    file: async (id, version, file) => {
      const object = await getObject(bucket, `campaigns/${id}/${version}/${file}`);
      if (object === undefined) {
        throw new Error(`The campaign ${id} has no file ${file} in version ${version}`);
      }
      return object.bytes;
    },
  };
}
