import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { compileCampaign } from '../../../tools/campaign/compile-campaign.ts';
import { CampaignError, type CampaignProblem } from '../../../tools/campaign/problem.ts';
import { type Changes, withChangedCampaign } from './changed-campaign.ts';

const problemsOf = (
  changes: Changes,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<readonly CampaignProblem[]> =>
  withChangedCampaign(
    changes,
    async (folder) => {
      try {
        await compileCampaign(folder);
        return [];
      } catch (error) {
        if (error instanceof CampaignError) {
          return error.problems;
        }
        throw error;
      }
    },
    files,
  );

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">${content}</svg>`;

describe('a campaign that is not valid', () => {
  it('is valid before it is spoilt', async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it.each<[string, Changes, string, RegExp]>([
    ['departs from the schema', { '/variants/0/width': 0 }, '/variants/0/width', />=1/u],
    ['has a field nobody knows', { '/colour': 'red' }, '', /colour/u],
    ['is in the wrong folder', { '/id': 'other' }, '/id', /“other”.*“test-card”/u],
    ['closes before it opens', { '/closesAt': '2025-01-01T00:00:00Z' }, '/closesAt', /before it opens/u],
    ['has a slot twice', { '/slots/1/id': 'name' }, '/slots/1/id', /twice/u],
    ['has a variant twice', { '/variants/1/id': 'square' }, '/variants/1/id', /twice/u],
    ['has a font twice', { '/fonts/1/id': 'display' }, '/fonts/1/id', /twice/u],
    ['asks for what it does not draw', { '/variants/1/layers/4/text': 'Hello' }, '/slots/1', /“city”/u],
    [
      'has a font that nothing uses',
      { '/variants/1/layers/1/font': 'display', '/variants/1/layers/4/font': 'display' },
      '/fonts/1',
      /“plain”/u,
    ],
    [
      'names an unknown font',
      { '/variants/0/layers/3/font': 'comic' },
      '/variants/0/layers/3/font',
      /“comic”.*“display”, “plain”/u,
    ],
    [
      'names an unknown slot',
      { '/variants/0/layers/3/text': '{nmae}' },
      '/variants/0/layers/3/text',
      /“nmae”.*“name”, “city”/u,
    ],
    [
      'lacks a font file',
      { '/fonts/0/files/1': 'fonts/none.ttf' },
      '/fonts/0/files/1',
      /no file fonts\/none\.ttf/u,
    ],
    [
      'has a font file that is none',
      { '/fonts/0/files/1': 'images/frame.svg' },
      '/fonts/0/files/1',
      /not a TrueType or OpenType/u,
    ],
    [
      'calls a family by another name',
      { '/fonts/0/family': 'Impact' },
      '/fonts/0/family',
      /“Impact”.*“Anton”/u,
    ],
    [
      'lacks an image',
      { '/variants/0/layers/1/source': 'images/none.png' },
      '/variants/0/layers/1/source',
      /no file/u,
    ],
    [
      'lacks a mask',
      { '/variants/2/layers/0/shape': { mask: 'images/none.svg' } },
      '/variants/2/layers/0/shape/mask',
      /no file/u,
    ],
    ['lacks its preview photo', { '/previewPhoto': 'me.jpg' }, '/previewPhoto', /no file/u],
    ['has a box outside', { '/variants/0/layers/2/box/left': 400 }, '/variants/0/layers/2/box', /outside/u],
    [
      'has sizes upside down',
      { '/variants/0/layers/3/maxSize': 8 },
      '/variants/0/layers/3/maxSize',
      /smaller than minSize/u,
    ],
    [
      'has no room for a line',
      { '/variants/1/layers/3/minSize': 70, '/variants/1/layers/3/lineHeight': 2 },
      '/variants/1/layers/3/box/height',
      /140 pixels/u,
    ],
    [
      'draws no photo',
      { '/variants/3/layers': [{ type: 'image', source: 'images/frame.svg' }] },
      '/variants/3/layers',
      /no photo/u,
    ],
    [
      'wants a transparent JPEG',
      { '/variants/0/background': '#00000000' },
      '/variants/0/background',
      /JPEG/u,
    ],
    [
      'has words that its font cannot draw',
      { '/variants/1/layers/1/text': 'Привет 漢' },
      '/variants/1/layers/1/text',
      /“漢”/u,
    ],
    ['has an example that is too long', { '/slots/1/maxLength': 3 }, '/slots/1/example', /at most 3/u],
    [
      'has an example that cannot be drawn',
      { '/slots/1/example': '漢字' },
      '/slots/1/example',
      /“漢”, “字”/u,
    ],
    [
      'takes texts that cannot fit',
      { '/slots/0/maxLength': 140 },
      '/variants/0/layers/3/box',
      /longest text of “name”/u,
    ],
    [
      'has words that do not fit',
      { '/variants/1/layers/1/text': 'Hello '.repeat(40) },
      '/variants/1/layers/1/box',
      /does not fit/u,
    ],
  ])('%s', async (_what, changes, pointer, detail) => {
    expect(await problemsOf(changes)).toContainEqual({ pointer, detail: expect.stringMatching(detail) });
  });

  it('is told everything at once', async () => {
    const problems = await problemsOf({
      '/id': 'other',
      '/fonts/0/family': 'Impact',
      '/variants/0/background': '#00000000',
    });
    expect(problems.map(({ pointer }) => pointer)).toEqual([
      '/id',
      '/fonts/0/family',
      '/variants/0/background',
    ]);
  });

  it('may let a box reach beyond the edge', async () => {
    expect(
      await problemsOf({ '/variants/0/layers/2/box/left': 380, '/variants/0/layers/2/box/top': -30 }),
    ).toEqual([]);
  });

  it.each([
    ['text in an SVG', svg('<text x="1" y="20">Hi</text>'), /contains text/u],
    [
      'a picture outside of an SVG',
      svg('<image xlink:href="photo.png" width="40" height="40"/>'),
      /“photo\.png” outside/u,
    ],
    [
      'a style sheet outside of an SVG',
      svg('<rect width="9" height="9" style="fill:url(other.svg#a)"/>'),
      /“other\.svg#a” outside/u,
    ],
    ['an SVG that is broken', '<svg xmlns="http://www.w3.org/2000/svg"><g>', /cannot be read/u],
    ['a file that is no image', 'just words', /cannot be read/u],
  ])('is told of %s', async (_what, content, detail) => {
    expect(await problemsOf({}, { 'images/frame.svg': content })).toEqual([
      { pointer: '/variants/0/layers/1/source', detail: expect.stringMatching(detail) },
    ]);
  });

  it('takes text in a comment, references inside and embedded pictures for what they are', async () => {
    const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer();
    const fine = svg(
      `<!-- <text>no</text> --><g id="a"/><use xlink:href="#a"/><rect width="9" height="9" fill="url(#a)"/><image href="data:image/png;base64,${pixel.toString('base64')}" width="4" height="4"/>`,
    );
    expect(await problemsOf({}, { 'images/frame.svg': fine })).toEqual([]);
  });

  it('is told of a GIF', async () => {
    const gif = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#ff0000' } })
      .gif()
      .toBuffer();
    expect(await problemsOf({}, { 'images/frame.svg': gif })).toEqual([
      { pointer: '/variants/0/layers/1/source', detail: expect.stringMatching(/is GIF/u) },
    ]);
  });

  it('is told that there is no campaign.json, or none that is JSON', async () => {
    await expect(compileCampaign(import.meta.dirname)).rejects.toThrow(
      'There is no campaign.json in this folder.',
    );
    expect(await problemsOf({}, { 'campaign.json': '{ "id": }' })).toEqual([
      { pointer: '', detail: expect.stringMatching(/^campaign\.json is not JSON: /u) },
    ]);
  });
});

describe('the campaigns of this repository', () => {
  const folder = path.join(import.meta.dirname, '../../../campaigns');

  it.each(['final-vote', 'summer-festival'])('%s is valid and complete', async (id) => {
    const { campaign, published, files } = await compileCampaign(path.join(folder, id));
    expect(campaign.variants.map(({ width, height }) => `${width} × ${height}`)).toEqual([
      '1080 × 1080',
      '1080 × 1920',
      '1200 × 630',
    ]);
    expect(published.slots.length).toBeGreaterThan(0);
    expect(files.size).toBeGreaterThan(3);
    const licences = await readFile(path.join(folder, id, 'fonts/LICENSES.md'), 'utf8');
    for (const name of [...files.keys()].filter((file) => file.startsWith('fonts/'))) {
      expect(licences).toContain(path.basename(name));
    }
  });
});
