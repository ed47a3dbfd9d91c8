import { readFile } from 'node:fs/promises';
import { createPictureMaker } from '../../../functions/personalise/adapters/sharp-picture-maker.ts';
import { compiledCampaignSchema } from '../../../functions/contracts/campaign.ts';

// Run as a process of its own: draws every variant of a campaign once, as a fresh execution environment would, and prints its peak memory in bytes.
const [folder = '', photo = '', slots = '{}'] = process.argv.slice(2);
const campaign = compiledCampaignSchema.parse(JSON.parse(await readFile(`${folder}/campaign.json`, 'utf8')));
const maker = createPictureMaker({
  assets: { file: (_id, _version, name) => readFile(`${folder}/${name}`) },
});
await maker.make(await readFile(photo), campaign, JSON.parse(slots));
process.stdout.write(String(process.resourceUsage().maxRSS * 1024));
