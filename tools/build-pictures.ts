import { CampaignError } from './campaign/problem.ts';
import { TemplateError } from './templates/problem.ts';

/** Draws the campaigns or the studio's library into a folder; `build.ts` runs it beside everything else, because drawing takes the longest. */
const builders = {
  campaigns: async (folder: string) => (await import('./campaign/build-campaigns.ts')).buildCampaigns(folder),
  studio: async (folder: string) => (await import('./templates/build-studio.ts')).buildStudio(folder),
};

const [what, folder] = process.argv.slice(2);
if ((what !== 'campaigns' && what !== 'studio') || folder === undefined) {
  throw new Error('Give campaigns or studio, and a folder.');
}
try {
  await builders[what](folder);
} catch (error) {
  if (!(error instanceof CampaignError || error instanceof TemplateError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
