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
process.stdout.write(String(await peakBytes()));

/** The kernel's own mark where there is one: what Node reports begins with the memory of the process that started this one. */
async function peakBytes(): Promise<number> {
  const status = process.platform === 'linux' ? await readFile('/proc/self/status', 'utf8') : '';
  const kibibytes = /^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kibibytes) * 1024;
}
