import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Campaign, campaignSchema } from '../../functions/contracts/campaign.ts';
import { CampaignError, pointerTo } from './problem.ts';

/** Reads `campaign.json` of a folder and holds it against its schema. Throws a CampaignError with every departure. */
export async function readCampaign(folder: string): Promise<Campaign> {
  const parsed = campaignSchema.safeParse(parse(folder, await read(folder)));
  if (!parsed.success) {
    throw new CampaignError(
      folder,
      parsed.error.issues.map((issue) => ({ pointer: pointerTo(...issue.path), detail: issue.message })),
    );
  }
  return parsed.data;
}

async function read(folder: string): Promise<string> {
  try {
    return await readFile(path.join(folder, 'campaign.json'), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      throw new CampaignError(folder, [{ pointer: '', detail: 'There is no campaign.json in this folder.' }]);
    }
    throw error;
  }
}

function parse(folder: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new CampaignError(folder, [
        { pointer: '', detail: `campaign.json is not JSON: ${error.message}.` },
      ]);
    }
    throw error;
  }
}
