import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { campaignJsonSchema } from '../../tools/campaign/campaign-json-schema.ts';
import { withChangedCampaign } from './campaign/changed-campaign.ts';

const project = path.join(import.meta.dirname, '../..');
const card = 'test/fixtures/campaigns/test-card';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const campaign = async (...args: readonly string[]): Promise<Answer> => {
  const command = promisify(execFile)(process.execPath, ['tools/campaign.ts', ...args], { cwd: project });
  return await command.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Answer) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
  );
};

describe('npm run campaign', () => {
  it('says that a campaign is valid', async () => {
    expect(await campaign('validate', card)).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^test\/fixtures\/campaigns\/test-card is valid: 4 variants, 2 slots, version [0-9a-f]{16}\.\n$/u,
      ),
      stderr: '',
    });
  });

  it('says everything that is wrong with one, and where', async () => {
    const changes = { '/variants/0/layers/3/font': 'comic', '/closesAt': '2020-01-01T00:00:00Z' };
    const { code, stderr } = await withChangedCampaign(changes, (folder) => campaign('validate', folder));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /test-card is not a valid campaign:\n {2}\/closesAt: The campaign closes .*\n {2}\/variants\/0\/layers\/3\/font: There is no font “comic”/u,
    );
  });

  it('draws a contact sheet', async () => {
    expect(await campaign('preview', card)).toEqual({
      code: 0,
      stdout: 'build/preview/test-card.png\n',
      stderr: '',
    });
    const { width, height } = await sharp(
      await readFile(path.join(project, 'build/preview/test-card.png')),
    ).metadata();
    expect(width).toBeGreaterThan(1500);
    expect(height).toBeGreaterThan(1000);
  });

  it.each([
    [[], /^Usage:/u],
    [['draw'], /^There is no command “draw”\.\nUsage:/u],
    [['validate'], /^“validate” needs the folder of a campaign\.\nUsage:/u],
    [['preview', 'a', 'b'], /^Too many arguments: b\.\nUsage:/u],
    [['schema', 'a'], /^“schema” takes no folder\.\nUsage:/u],
  ])('explains itself when it is called with %j', async (args, explanation) => {
    expect(await campaign(...args)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(explanation),
    });
  });

  it('says that a folder is none', async () => {
    expect(await campaign('validate', 'no/such/folder')).toMatchObject({
      code: 1,
      stderr:
        'no/such/folder is not a valid campaign:\n  (the whole): There is no campaign.json in this folder.\n',
    });
  });
});

describe('campaigns/campaign.schema.json', () => {
  it('is current (npm run campaign -- schema)', async () => {
    const published = await readFile(path.join(project, 'campaigns/campaign.schema.json'), 'utf8');
    expect(published).toBe(campaignJsonSchema());
  });
});
