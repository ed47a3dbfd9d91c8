import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { campaignJsonSchema } from './campaign/campaign-json-schema.ts';
import { compileCampaign } from './campaign/compile-campaign.ts';
import { contactSheet } from './campaign/contact-sheet.ts';
import { CampaignError, inWords } from './campaign/problem.ts';
import { projectFolder } from './project-folder.ts';

const usage = `Usage:
  npm run campaign -- validate <folder>   says everything that is wrong with a campaign
  npm run campaign -- preview <folder>    draws a contact sheet of a campaign
  npm run campaign -- schema              writes campaigns/campaign.schema.json`;

/** Answers the exit code. */
async function main([command, folder, ...rest]: readonly string[]): Promise<number> {
  if (command === 'schema' && folder === undefined) {
    const file = path.join(projectFolder, 'campaigns/campaign.schema.json');
    await writeFile(file, campaignJsonSchema());
    console.log(path.relative(process.cwd(), file));
    return 0;
  }
  if ((command !== 'validate' && command !== 'preview') || folder === undefined || rest.length > 0) {
    console.error(complaint(command, folder, rest));
    return 2;
  }
  try {
    const compilation = await compileCampaign(folder);
    const { campaign, published } = compilation;
    if (command === 'validate') {
      console.log(
        `${folder} is valid: ${campaign.variants.length} variants, ${published.slots.length} slots, version ${campaign.version}.`,
      );
      return 0;
    }
    const file = path.join(projectFolder, 'build/preview', `${campaign.id}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, await contactSheet(compilation));
    console.log(path.relative(process.cwd(), file));
    return 0;
  } catch (error) {
    if (error instanceof CampaignError) {
      console.error([`${folder} is not a valid campaign:`, ...error.problems.map(inWords)].join('\n'));
      return 1;
    }
    throw error;
  }
}

function complaint(command: string | undefined, folder: string | undefined, rest: readonly string[]): string {
  if (command === undefined) {
    return usage;
  }
  if (command !== 'validate' && command !== 'preview' && command !== 'schema') {
    return `There is no command “${command}”.\n${usage}`;
  }
  if (command === 'schema') {
    return `“schema” takes no folder.\n${usage}`;
  }
  return folder === undefined
    ? `“${command}” needs the folder of a campaign.\n${usage}`
    : `Too many arguments: ${rest.join(' ')}.\n${usage}`;
}

process.exitCode = await main(process.argv.slice(2));
