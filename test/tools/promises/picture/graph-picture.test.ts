import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../../functions/promises.ts';
import { graphPicture } from '../../../../tools/promises/picture/graph-picture.ts';
import { textWidth } from '../../../../tools/promises/picture/text-width.ts';
import { bare, documentOf, helped, promiseOf, systems } from '../documents.ts';

/** Every text of a picture with the box that it is in: its class, place and width in the box's own coordinates. */
function texts(svg: string): { words: string; left: number; right: number; within: number }[] {
  const viewWidth = Number(/viewBox="0 0 ([\d.]+)/u.exec(svg)?.[1]);
  let within = viewWidth;
  const found: { words: string; left: number; right: number; within: number }[] = [];
  for (const line of svg.split('\n')) {
    within = Number(/<rect class="card[^>]* width="([\d.]+)"[^>]* rx="12"/u.exec(line)?.[1] ?? within);
    const [, shape = '', x = '', size = '', words] =
      /<text class="([^"]*)" x="([\d.]+)" y="[\d.]+" font-size="([\d.]+)">(.*)<\/text>/u.exec(line) ?? [];
    if (words !== undefined) {
      const width = textWidth(words, Number(size), shape.includes('bold') ? 'bold' : 'normal');
      const left = shape.includes('end') ? Number(x) - width : Number(x);
      found.push({ words, left, right: left + width, within });
    }
    if (line === '</g>') {
      within = viewWidth;
    }
  }
  return found;
}

describe('the picture of the dependency graph', () => {
  it('names every service with its product, team, promises and their objectives, and every provider', () => {
    const words = texts(graphPicture(promiseDocuments)).map((text) => text.words);
    for (const { product, team, promises, dependsOn } of promiseDocuments) {
      const count = promises.length === 1 ? '1 promise' : `${promises.length} promises`;
      expect(words).toEqual(
        expect.arrayContaining([
          product,
          `team ${team} · ${count}`,
          ...promises.map(({ id }) => id),
          ...dependsOn.flatMap(({ on }) => ('provider' in on ? [on.provider] : [])),
        ]),
      );
    }
  });

  it('marks single points of failure and says what falls with them', () => {
    const svg = graphPicture([
      documentOf('site', { dependsOn: [bare('shop/answers')] }),
      documentOf('shop', {
        promises: [promiseOf('answers'), promiseOf('sells')],
        dependsOn: [bare('Amazon S3'), helped('PagerDuty')],
      }),
    ]);
    expect(svg).toMatch(
      /class="card single"[^>]*>\n<text class="ink bold"[^>]*>Amazon S3<\/text>\n<text class="bad"[^>]*>2 services fall</u,
    );
    expect(svg).toMatch(
      /class="card"[^>]*>\n<text class="ink bold"[^>]*>PagerDuty<\/text>\n<text class="muted"[^>]*>1 goes on with less</u,
    );
    expect(svg).toMatch(/<text class="bad"[^>]*>answers</u);
    expect(svg).toMatch(/<text class="ink"[^>]*>sells</u);
  });

  it('draws dependencies with and without an alternative differently, each with a word about it', () => {
    const svg = graphPicture([documentOf('shop', { dependsOn: [bare('Amazon S3'), helped('PagerDuty')] })]);
    expect(svg).toMatch(/class="line needs" .*<title>shop depends on Amazon S3<\/title>/u);
    expect(svg).toMatch(/class="line helped" .*<title>shop depends on PagerDuty<\/title>/u);
    expect(svg).toContain(
      'shop depends on Amazon S3, without an alternative. shop depends on PagerDuty.</desc>',
    );
  });

  it('never lets a text run out of its card, or out of the picture', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        for (const { words, left, right, within } of texts(graphPicture(documents))) {
          expect([words, left >= 12, right <= within - 12]).toEqual([words, true, true]);
        }
      }),
    );
  });

  it('leaves room between a promise and its objective', () => {
    const longest = 'a-promise-with-a-name-that-is-as-long-as-anybody-would-write';
    const svg = graphPicture([documentOf('shop', { promises: [promiseOf(longest)] })]);
    const row = texts(svg);
    const promise = row.find(({ words }) => words === longest);
    const objective = row.find(({ words }) => words === '≥ 99 %');
    expect((objective?.left ?? 0) - (promise?.right ?? 0)).toBeGreaterThanOrEqual(16);
  });

  it('is drawn by day and by night', async () => {
    const svg = graphPicture(promiseDocuments);
    const [light = '', dark = ''] = svg.split('@media (prefers-color-scheme:dark)');
    const page = /\.page\{fill:(#\w+)\}/u;
    expect([page.exec(light)?.[1], page.exec(dark)?.[1]]).toEqual(['#f1f1ee', '#121214']);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`);
    const { dominant } = await sharp(Buffer.from(svg)).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(200);
  });

  it('escapes what people wrote', () => {
    const svg = graphPicture([documentOf('shop', { product: 'Bed & <Breakfast>' })]);
    expect(svg).toContain('>Bed &amp; &lt;Breakfast&gt;</text>');
  });
});

describe('the width of a text', () => {
  it.each(['Personalised images', 'AWS Secrets Manager', '4 services fall · 2 go on with less', '≥ 99.95 %'])(
    'is never less than it takes: %s',
    async (words) => {
      for (const [font, weight] of [
        ['DejaVu Sans 96', 'normal'],
        ['DejaVu Sans Bold 96', 'bold'],
      ] as const) {
        const { info } = await sharp({ text: { text: words, font, dpi: 72 } })
          .png()
          .toBuffer({ resolveWithObject: true });
        expect(info.width).toBeGreaterThan(100);
        expect(info.width).toBeLessThanOrEqual(textWidth(words, 96, weight));
      }
    },
  );

  it('takes letters that it does not know for wide ones', () => {
    expect(textWidth('日本', 10)).toBe(20);
  });
});
