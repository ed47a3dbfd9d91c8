import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PublishedCampaign } from '../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../functions/personalise/adapters/sharp-picture-maker.ts';
import { checkSlots } from '../../functions/personalise/domain/slot-text.ts';
import { type Compilation, compileCampaign } from '../../tools/campaign/compile-campaign.ts';
import { neutralPreviewPhoto } from '../../tools/campaign/preview-photo.ts';

const campaignsFolder = path.join(import.meta.dirname, '../../campaigns');
const emojiFont = 'NotoColorEmoji.ttf';
/** Names as people of an international audience have them. */
const names = [
  'Ágnes Őry',
  'Şükrü Yılmaz',
  'Łucja Żak',
  'Þórður Ægisson',
  'Nguyễn Thị Ánh',
  'Ελένη',
  'Анастасія Ґонта',
  'محمد علي',
  'שירה כהן',
  "Siobhán O'Neill-Ng",
];

const filesOf = async (
  id: string,
  folder: string,
): Promise<{ name: string; text: string; bytes: number }[]> =>
  Promise.all(
    (await readdir(path.join(campaignsFolder, id, folder))).map(async (name) => {
      const file = path.join(campaignsFolder, id, folder, name);
      return { name, text: await readFile(file, 'latin1'), bytes: (await stat(file)).size };
    }),
  );

/** What the API says to `text` in the slot of somebody's own name. */
function nameProblems(campaign: PublishedCampaign, text: string): string[] {
  const others = Object.fromEntries(campaign.slots.map(({ id, example }) => [id, example]));
  const check = checkSlots({ ...others, name: text }, campaign);
  return check.ok ? [] : check.problems.map(({ detail }) => detail);
}

describe.each(['final-vote', 'summer-festival'])('The campaign %s', (id) => {
  let compilation: Compilation;
  beforeAll(async () => {
    compilation = await compileCampaign(path.join(campaignsFolder, id));
  });

  it('has a square, a story and a link preview', () => {
    expect(compilation.campaign.variants.map(({ width, height }) => `${width} × ${height}`)).toEqual([
      '1080 × 1080',
      '1080 × 1920',
      '1200 × 630',
    ]);
  });

  it('keeps the story clear of what platforms put over its top and bottom', () => {
    const story = compilation.campaign.variants.find((variant) => variant.id === 'story');
    const boxes = (story?.layers ?? []).flatMap((layer) => (layer.type === 'image' ? [] : [layer.box]));
    expect(boxes.length).toBeGreaterThan(2);
    for (const { top, height } of boxes) {
      expect(top).toBeGreaterThanOrEqual(250);
      expect(top + height).toBeLessThanOrEqual(1920 - 340);
    }
  });

  it.each(names)('takes the name %s', (name) => {
    expect(nameProblems(compilation.published, name)).toEqual([]);
  });

  it('refuses Chinese by naming the characters', () => {
    expect(nameProblems(compilation.published, 'Li 李娜')).toEqual([
      "“李”, “娜” cannot be drawn in this campaign's font.",
    ]);
  });

  it('has room for the widest text and for the shortest', async () => {
    const maker = createPictureMaker({
      assets: {
        file: async (_id, _version, file) => {
          const bytes = compilation.files.get(file);
          if (bytes === undefined) {
            throw new Error(`The compiled campaign has no ${file}`);
          }
          return bytes;
        },
      },
    });
    const photo = await neutralPreviewPhoto();
    for (const text of [(length: number) => 'W'.repeat(length), () => 'Jo']) {
      const slots = Object.fromEntries(
        compilation.published.slots.map((slot) => [slot.id, text(slot.maxLength)]),
      );
      expect(await maker.make(photo, compilation.campaign, slots)).toHaveLength(3);
    }
  });

  it('draws its lettering as outlines, in images of a reasonable size', async () => {
    for (const { name, text, bytes } of await filesOf(id, 'images')) {
      expect(text, name).not.toMatch(/<(text|image|foreignObject)\b/u);
      expect(bytes, name).toBeLessThan(200_000);
    }
  });

  it('names the licence of every font that it ships, and ships no font that it does not use', async () => {
    const files = await filesOf(id, 'fonts');
    const licences = files.find(({ name }) => name === 'LICENSES.md')?.text ?? '';
    const fonts = files.filter(({ name }) => name.endsWith('.ttf')).map(({ name }) => name);
    const used = compilation.campaign.fonts.flatMap((font) => font.files.map((file) => path.basename(file)));
    expect(fonts.toSorted()).toEqual(used.toSorted());
    for (const font of fonts) {
      expect(licences).toContain(`\`${font}\``);
    }
  });

  it('weighs less than 2 MB, colour emoji aside', async () => {
    const files = [...(await filesOf(id, 'images')), ...(await filesOf(id, 'fonts'))];
    const bytes = files.filter(({ name }) => name !== emojiFont).reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeLessThan(2_000_000);
  });
});

describe('Emoji', () => {
  it('are welcome on the festival poster', async () => {
    const { published } = await compileCampaign(path.join(campaignsFolder, 'summer-festival'));
    expect(nameProblems(published, 'DJ Zoë 🍊🇵🇹👩🏽‍🎤')).toEqual([]);
  });

  it('are refused on the voting card, and named', async () => {
    const { published } = await compileCampaign(path.join(campaignsFolder, 'final-vote'));
    expect(nameProblems(published, 'Zoë 🎤')).toEqual(["“🎤” cannot be drawn in this campaign's font."]);
  });
});
