import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CampaignIndex,
  type PublishedCampaign,
  publishedCampaignSchema,
} from '../../functions/contracts/campaign.ts';
import { fingerprint } from '../fingerprint.ts';
import { projectFolder } from '../project-folder.ts';
import { compileCampaign, extensionOf } from './compile-campaign.ts';
import { exampleSlots, renderCompilation } from './render-compilation.ts';
import { readIfThere } from '../read-if-there.ts';

/** What a compilation is made of besides the campaign's own folder: who draws it. */
const toolSources = [
  'tools/campaign',
  'functions/contracts/campaign.ts',
  'functions/personalise/domain',
  'functions/personalise/adapters',
  'node_modules/sharp/package.json',
];

export interface BuildOptions {
  /** The folder that has a folder for each campaign. @default the project's `campaigns` */
  readonly campaignsFolder?: string;
  /** Where compilations are kept from one build to the next. @default `build/campaign-cache` of the project */
  readonly cacheFolder?: string;
}

/**
 * Compiles every campaign and writes what is deployed into `outFolder`: `campaigns/index.json`, `campaigns/<id>/<version>/…` and
 * `personalise/previews/<id>/<version>/<variant>.<jpg|png|webp|avif>`. Only what changed since the last build is compiled and drawn again.
 * Throws a CampaignError for a campaign that is not valid.
 */
export async function buildCampaigns(outFolder: string, options: BuildOptions = {}): Promise<void> {
  const campaignsFolder = options.campaignsFolder ?? path.join(projectFolder, 'campaigns');
  const cacheFolder = options.cacheFolder ?? path.join(projectFolder, 'build/campaign-cache');
  const tools = await fingerprint(projectFolder, toolSources);
  const campaigns: PublishedCampaign[] = [];
  const kept = new Set<string>();
  await mkdir(path.join(outFolder, 'campaigns'), { recursive: true });
  await mkdir(cacheFolder, { recursive: true });
  for (const id of await campaignIds(campaignsFolder)) {
    const folder = path.join(campaignsFolder, id);
    const key = `${id}-${(await fingerprint(folder, ['.'])).slice(0, 16)}-${tools.slice(0, 16)}`;
    kept.add(key);
    const compiled = path.join(cacheFolder, key);
    campaigns.push(await readOrCompile(folder, compiled));
    await cp(path.join(compiled, 'assets'), outFolder, { recursive: true });
  }
  await forgetOthers(cacheFolder, kept);
  const index: CampaignIndex = { campaigns };
  await writeFile(path.join(outFolder, 'campaigns/index.json'), JSON.stringify(index));
}

async function campaignIds(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

async function readOrCompile(folder: string, compiled: string): Promise<PublishedCampaign> {
  const known = await readIfThere(path.join(compiled, 'published.json'));
  if (known !== undefined) {
    return publishedCampaignSchema.parse(JSON.parse(known));
  }
  const compilation = await compileCampaign(folder);
  const { campaign, published, files } = compilation;
  const pictures = await renderCompilation(compilation, exampleSlots(compilation));
  const unfinished = `${compiled}.${process.pid}`;
  const at = (...steps: readonly string[]): string => path.join(unfinished, 'assets', ...steps);
  const campaignFolder = at('campaigns', campaign.id, campaign.version);
  await write(path.join(campaignFolder, 'campaign.json'), JSON.stringify(campaign));
  for (const [name, bytes] of files) {
    await write(path.join(campaignFolder, name), bytes);
  }
  for (const { variant, format, bytes } of pictures) {
    const name = `${variant}.${extensionOf(format)}`;
    await write(at('personalise/previews', campaign.id, campaign.version, name), bytes);
  }
  await write(path.join(unfinished, 'published.json'), JSON.stringify(published));
  await rm(compiled, { recursive: true, force: true });
  await rename(unfinished, compiled);
  return published;
}

async function forgetOthers(cacheFolder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    if (!kept.has(name)) {
      await rm(path.join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}

async function write(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
