import { cp, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledCampaign, ImageLayer, Variant } from '../../../functions/contracts/campaign.ts';
import type { Coverage } from '../../../functions/contracts/coverage.ts';
import { covers } from '../../../functions/kernel/drawing/coverage.ts';
import { type Compilation, compileCampaign } from '../../../tools/campaign/compile-campaign.ts';
import { testCard } from '../../fixtures/compiled-campaign.ts';
import { withChangedCampaign } from './changed-campaign.ts';

let card: Compilation;

beforeAll(async () => {
  card = await testCard();
});

const variant = ({ variants }: CompiledCampaign, id: string): Variant => {
  const found = variants.find((each) => each.id === id);
  if (found === undefined) {
    throw new Error(`No variant ${id}`);
  }
  return found;
};

const images = ({ layers }: Variant): ImageLayer[] => layers.filter((layer) => layer.type === 'image');

describe('compileCampaign', () => {
  it('keeps what is drawn for each person, in its place', () => {
    const kinds = (id: string): string =>
      variant(card.campaign, id)
        .layers.map(({ type }) => type)
        .join(' ');
    expect(kinds('square')).toBe('photo image text');
    expect(kinds('card')).toBe('image photo text text');
    expect(kinds('thumbnail')).toBe('photo');
  });

  it('draws images and fixed words below the photo into one picture', async () => {
    const [bottom] = images(variant(card.campaign, 'card'));
    expect(bottom?.box).toEqual({ left: 0, top: 40, width: 600, height: 320 });
    const { data, info } = await sharp(card.files.get(bottom?.source ?? ''))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(info).toMatchObject({ width: 600, height: 320 });
    let white = 0;
    for (let at = 0; at < data.length; at += info.channels) {
      white += (data[at] ?? 0) > 250 && (data[at + 1] ?? 0) > 250 ? 1 : 0;
    }
    expect(white).toBeGreaterThan(1000);
  });

  it('draws them onto the background where that is opaque', async () => {
    await withChangedCampaign({ '/variants/1/background': '#123456' }, async (folder) => {
      const { campaign, files } = await compileCampaign(folder);
      const [bottom] = images(variant(campaign, 'card'));
      expect(bottom?.box).toEqual({ left: 0, top: 0, width: 600, height: 400 });
      const { data, info } = await sharp(files.get(bottom?.source ?? ''))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([...data.subarray(0, info.channels)]).toEqual([0x12, 0x34, 0x56]);
    });
  });

  it('merges pictures above the photo and drops what is empty around them', () => {
    // The frame covers everything, so that the badge in it costs nothing more.
    expect(images(variant(card.campaign, 'square'))).toHaveLength(1);
  });

  it('leaves small pictures far from one another apart', async () => {
    const badge = (left: number, top: number) => ({
      type: 'image',
      source: 'images/badge.svg',
      box: { left, top, width: 60, height: 60 },
    });
    await withChangedCampaign(
      { '/variants/0/layers/1': badge(0, 0), '/variants/0/layers/2': badge(340, 340) },
      async (folder) => {
        const apart = images(variant((await compileCampaign(folder)).campaign, 'square'));
        expect(apart).toHaveLength(2);
        // Trimmed to the disc, which leaves two pixels at each edge of the drawing.
        expect(apart[0]?.box).toEqual({ left: 2, top: 2, width: 56, height: 56 });
      },
    );
  });

  it('draws masks at the size of the photo', async () => {
    const [layer] = variant(card.campaign, 'drop').layers;
    const mask = layer?.type === 'photo' && typeof layer.shape === 'object' ? layer.shape.mask : '';
    expect(await sharp(card.files.get(mask)).metadata()).toMatchObject({
      format: 'png',
      width: 200,
      height: 200,
      hasAlpha: true,
    });
  });

  it('takes the lightness of a mask without transparency', async () => {
    const grey = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#808080' } })
      .png()
      .toBuffer();
    await withChangedCampaign(
      { '/variants/2/layers/0/shape/mask': 'images/grey.png' },
      async (folder) => {
        const { campaign, files } = await compileCampaign(folder);
        const [layer] = variant(campaign, 'drop').layers;
        const mask = layer?.type === 'photo' && typeof layer.shape === 'object' ? layer.shape.mask : '';
        const alpha = await sharp(files.get(mask)).extractChannel('alpha').raw().toBuffer();
        expect(Math.abs((alpha[0] ?? 0) - 128)).toBeLessThanOrEqual(1);
      },
      { 'images/grey.png': grey },
    );
  });

  it('names only files that it brings, PNG and fonts as they were given', () => {
    expect(
      [...card.files.keys()].every((name) =>
        /^(images\/[0-9a-f]{16}\.png|fonts\/[\w-]+\.(ttf|otf))$/u.test(name),
      ),
    ).toBe(true);
    const named = new Set(
      card.campaign.variants.flatMap(({ layers }) =>
        layers.flatMap((layer) =>
          layer.type === 'image'
            ? layer.source
            : layer.type === 'photo' && typeof layer.shape === 'object'
              ? layer.shape.mask
              : [],
        ),
      ),
    );
    for (const { files } of card.campaign.fonts) {
      files.forEach((file) => named.add(file));
    }
    expect([...card.files.keys()].toSorted()).toEqual([...named].toSorted());
    expect(card.campaign).not.toHaveProperty('$schema');
    expect(card.campaign).not.toHaveProperty('previewPhoto');
  });

  it('has the same version for the same content, wherever and whenever, and another for any other', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-version-'));
    try {
      const copy = path.join(folder, 'test-card');
      await cp(path.join(import.meta.dirname, '../../fixtures/campaigns/test-card'), copy, {
        recursive: true,
      });
      await utimes(path.join(copy, 'campaign.json'), 1, 1);
      expect((await compileCampaign(copy)).campaign.version).toBe(card.campaign.version);
    } finally {
      await rm(folder, { recursive: true });
    }
    const changes = [
      { '/title': 'Another' },
      { '/variants/0/quality': 91 },
      { '/variants/0/layers/1/opacity': 0.9 },
    ];
    const versions = await Promise.all(
      changes.map((change) =>
        withChangedCampaign(change, async (changed) => (await compileCampaign(changed)).campaign.version),
      ),
    );
    expect(new Set([...versions, card.campaign.version]).size).toBe(4);
  });

  it('publishes what clients see', () => {
    const { published, campaign } = card;
    expect(published).toMatchObject({ id: 'test-card', version: campaign.version, limits: campaign.limits });
    expect(published.variants[0]).toEqual({
      id: 'square',
      label: 'Square',
      width: 400,
      height: 400,
      format: 'jpeg',
      previewUrl: `/personalise/previews/test-card/${campaign.version}/square.jpg`,
    });
    expect(published.variants.map(({ previewUrl }) => previewUrl.split('.').at(-1))).toEqual([
      'jpg',
      'png',
      'webp',
      'avif',
    ]);
  });
});

describe('what people may write', () => {
  const coverage = (id: string): Coverage =>
    card.published.slots.find((slot) => slot.id === id)?.coverage ?? [];
  const covered = (id: string, text: string): boolean =>
    Array.from(text).every((character) => covers(coverage(id), character.codePointAt(0) ?? 0));

  it('is what the files of the stack can draw together', () => {
    for (const text of ['Ágnes Þóra', 'Ελένη', 'Дмитро', 'مرحبا', 'שלום', '漢字', '🎉👋🏽']) {
      expect(covered('name', text)).toBe(true);
    }
    expect(covered('name', '鬱')).toBe(false);
  });

  it('is only what every stack that draws the slot can draw', async () => {
    expect(covered('city', 'Reykjavík')).toBe(true);
    expect(covered('city', '漢')).toBe(false);
    await withChangedCampaign(
      { '/variants/0/layers/3/text': '{name} {city}', '/variants/0/layers/3/font': 'plain' },
      async (folder) => {
        const { published } = await compileCampaign(folder);
        const [name] = published.slots;
        expect(covers(name?.coverage ?? [], 0x6f22)).toBe(false);
        expect(covers(name?.coverage ?? [], 0x41)).toBe(true);
      },
    );
  });

  it('is judged in capitals where it is drawn in capitals', async () => {
    const [name] = card.published.slots;
    // One variant draws capitals, another does not.
    expect(name?.upperCased).toBe(false);
    await withChangedCampaign({ '/variants/0/layers/3/upperCase': true }, async (folder) => {
      const [capitals] = (await compileCampaign(folder)).published.slots;
      expect(capitals?.upperCased).toBe(true);
      expect(covers(capitals?.coverage ?? [], 0xdf)).toBe(true);
    });
  });

  it('does not include digits that only an emoji font has', async () => {
    await withChangedCampaign(
      {
        '/fonts/1/family': 'Noto Color Emoji',
        '/fonts/1/files': ['fonts/NotoColorEmoji.ttf'],
        '/slots/1/example': '🎉',
        '/variants/1/layers/1/text': '🎉',
      },
      async (folder) => {
        const [, city] = (await compileCampaign(folder)).published.slots;
        expect(covers(city?.coverage ?? [], 0x31)).toBe(false);
        expect(covers(city?.coverage ?? [], 0x1f389)).toBe(true);
      },
    );
  });
});
