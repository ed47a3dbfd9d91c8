import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignIndexSchema, compiledCampaignSchema } from '../../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../../functions/personalise/adapters/sharp-picture-maker.ts';
import { buildCampaigns } from '../../../tools/campaign/build-campaigns.ts';
import { cameraJpeg } from '../../fixtures/photos.ts';

let folder: string;
let options: { campaignsFolder: string; cacheFolder: string };
let out: string;
const inOut = (...steps: readonly string[]): string => path.join(out, ...steps);
const index = async () =>
  campaignIndexSchema.parse(JSON.parse(await readFile(inOut('campaigns/index.json'), 'utf8')));

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fanfare-build-'));
  options = { campaignsFolder: path.join(folder, 'campaigns'), cacheFolder: path.join(folder, 'cache') };
  out = path.join(folder, 'out');
  await cp(path.join(import.meta.dirname, '../../fixtures/campaigns'), options.campaignsFolder, {
    recursive: true,
  });
  await writeFile(path.join(options.campaignsFolder, 'README.md'), '# Not a campaign');
  await buildCampaigns(out, options);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('buildCampaigns', () => {
  it('writes an index of every campaign, each at its version', async () => {
    const { campaigns } = await index();
    expect(campaigns.map(({ id }) => id)).toEqual(['test-card']);
    expect(await readdir(inOut('campaigns/test-card'))).toEqual([campaigns[0]?.version]);
  });

  it('writes a preview of every variant where the index says, in its format', async () => {
    const { campaigns } = await index();
    const variants = campaigns[0]?.variants ?? [];
    expect(variants).toHaveLength(4);
    for (const { previewUrl, width, height } of variants) {
      expect(await sharp(await readFile(inOut(previewUrl))).metadata()).toMatchObject({ width, height });
    }
  });

  it('writes campaigns that the service can draw', async () => {
    const { campaigns } = await index();
    const home = inOut('campaigns/test-card', campaigns[0]?.version ?? '');
    const campaign = compiledCampaignSchema.parse(
      JSON.parse(await readFile(path.join(home, 'campaign.json'), 'utf8')),
    );
    const maker = createPictureMaker({
      assets: { file: (_id, _version, name) => readFile(path.join(home, name)) },
    });
    expect(await maker.make(await cameraJpeg(), campaign, { name: 'Zoë' })).toHaveLength(4);
  });

  it('takes what did not change from the last build', async () => {
    const cached = async (): Promise<number[]> => {
      const [key = ''] = await readdir(options.cacheFolder);
      return [(await stat(path.join(options.cacheFolder, key, 'published.json'))).mtimeMs];
    };
    const before = await cached();
    const elsewhere = path.join(folder, 'elsewhere');
    const started = performance.now();
    await buildCampaigns(elsewhere, options);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await cached()).toEqual(before);
    expect(await readdir(elsewhere, { recursive: true })).toEqual(await readdir(out, { recursive: true }));
  });

  it('compiles what changed, and forgets what it was before', async () => {
    const file = path.join(options.campaignsFolder, 'test-card/campaign.json');
    const before = await readFile(file, 'utf8');
    const [old] = (await index()).campaigns;
    await writeFile(file, before.replace('"The test card"', '"Another title"'));
    try {
      await buildCampaigns(out, options);
    } finally {
      await writeFile(file, before);
    }
    const [current] = (await index()).campaigns;
    expect(current?.title).toBe('Another title');
    expect(current?.version).not.toBe(old?.version);
    expect(await readdir(options.cacheFolder)).toHaveLength(1);
  });

  it('says what is wrong with a campaign that is not valid, and builds nothing', async () => {
    const campaignsFolder = path.join(folder, 'broken');
    await cp(options.campaignsFolder, campaignsFolder, { recursive: true });
    await writeFile(path.join(campaignsFolder, 'test-card/campaign.json'), '{}');
    await expect(buildCampaigns(path.join(folder, 'never'), { ...options, campaignsFolder })).rejects.toThrow(
      /test-card is not a valid campaign:\n {2}\/id: /u,
    );
    await expect(stat(path.join(folder, 'never/campaigns/index.json'))).rejects.toThrow('ENOENT');
  });
});
