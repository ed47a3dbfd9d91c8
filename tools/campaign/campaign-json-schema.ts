import { z } from 'zod';
import { campaignSchema } from '../../functions/contracts/campaign.ts';

/** `campaigns/campaign.schema.json`: what editors complete and check campaign.json with. */
export function campaignJsonSchema(): string {
  const schema = z.toJSONSchema(campaignSchema, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'A Fanfare campaign' }, undefined, 2)}\n`;
}
