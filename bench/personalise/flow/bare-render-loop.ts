import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createPictureMaker } from '../../../functions/personalise/adapters/sharp-picture-maker.ts';
import { compileCampaign } from '../../../tools/campaign/compile-campaign.ts';
import { projectFolder } from '../../../tools/project-folder.ts';

/**
 * Draws the same photo again and again with the code that the render function runs, and nothing else: no upload, no queue, no storage.
 * Arguments: campaign id, slots as JSON, photo file, milliseconds. Prints the milliseconds of each render, and the processor's of all of them, as JSON.
 */
const [campaignId = '', slotsJson = '{}', photoFile = '', lengthMs = '0'] = process.argv.slice(2);
const { campaign, files } = await compileCampaign(path.join(projectFolder, 'campaigns', campaignId));
const maker = createPictureMaker({
  assets: { file: async (_id, _version, name) => files.get(name) ?? new Uint8Array() },
});
const photo = await readFile(photoFile);
const slots: Record<string, string> = JSON.parse(slotsJson);
// Fonts, pictures of the campaign, compiled code.
await maker.make(photo, campaign, slots);
await maker.make(photo, campaign, slots);

process.send?.('warm');
await new Promise((resolve) => {
  process.once('message', resolve);
});
const times: number[] = [];
const before = process.cpuUsage();
const end = performance.now() + Number(lengthMs);
while (performance.now() < end) {
  const start = performance.now();
  await maker.make(photo, campaign, slots);
  times.push(performance.now() - start);
}
const { user, system } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ times, processorMs: (user + system) / 1000 }));
process.disconnect();
