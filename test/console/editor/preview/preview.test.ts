import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { uploadFiles, uploads } from './parity-recipes.ts';
import { builtLibrary, PreviewVisit } from './preview-visit.ts';

type CaptionInput = NonNullable<RecipeInput['captions']>[number];

const meme = (...captions: readonly CaptionInput[]): RecipeInput => ({
  source: { kind: 'colour', colour: '#406080', width: 800, height: 600 },
  captions: [...captions],
  output: { format: 'png' },
});

describe('a preview', () => {
  let visit: PreviewVisit;
  let files: ReadonlyMap<string, Uint8Array>;

  beforeAll(async () => {
    files = await uploadFiles();
    visit = await PreviewVisit.start(await builtLibrary());
  });

  beforeEach(async () => {
    await visit.open(files);
  });

  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
  });

  it('says where the letters of a caption are', async () => {
    await visit.show(meme({ text: 'hello', place: { left: 0.25, top: 0.5, width: 0.5, height: 0.2 } }));
    await visit.paint(0);
    const box = await visit.page.evaluate(() => globalThis.harness.captionBox(0, 0));
    expect(box?.left).toBeGreaterThanOrEqual(200);
    expect((box?.left ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(600);
    expect(box?.top).toBeGreaterThanOrEqual(300);
    expect((box?.top ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(420);
    expect(box?.height).toBeGreaterThan(60);
  });

  it('knows nothing of a caption that is not seen at a moment', async () => {
    await visit.show({ ...meme({ text: 'later', fromMs: 1000, toMs: 2000 }), output: { format: 'gif' } });
    expect(await visit.page.evaluate(() => globalThis.harness.captionBox(0, 0))).toBeUndefined();
    expect(await visit.page.evaluate(() => globalThis.harness.captionBox(0, 1500))).toBeDefined();
    expect(await visit.page.evaluate(() => globalThis.harness.captionBox(7, 1500))).toBeUndefined();
  });

  it('points to a text that does not fit, and plans the rest', async () => {
    const long = 'far too much '.repeat(38).trim();
    const box = { left: 0.1, top: 0.1, width: 0.2, height: 0.05 };
    const { plan, refusals } = await visit.show(meme({ text: 'fits' }, { text: long, place: box }));
    expect(plan).toBeDefined();
    expect(refusals).toEqual([
      { pointer: '/captions/1/text', detail: expect.stringContaining('does not fit') },
    ]);
    expect((await visit.paint(0)).width).toBe(800);
  });

  it('refuses in the words of the service, and keeps what it showed', async () => {
    await visit.show(meme({ text: 'before' }));
    const before = await visit.paint(0);
    const { plan, refusals } = await visit.show(meme({ text: 'after', toMs: 0 }));
    expect(plan).toBeUndefined();
    expect(refusals).toEqual([{ pointer: '/captions/0/toMs', detail: 'It must come after fromMs, 0.' }]);
    expect((await visit.paint(0)).pixels).toEqual(before.pixels);
  });

  it('shows the same however it came to it: what stays is not painted again', async () => {
    const one = { text: 'one line', place: 'top' } as const;
    const two = { text: 'another', place: 'bottom', rotate: 8 } as const;
    const shadowed = { text: 'over both', place: 'middle', shadow: { blur: 12 } } as const;
    const recipes = [
      meme(one),
      meme(one, two),
      meme(two, one, shadowed),
      meme(shadowed),
      meme(one, shadowed),
    ];
    for (const recipe of recipes) {
      await visit.show(recipe);
      await visit.paint(0);
    }
    const stepwise = await visit.paint(0);
    await visit.open(files);
    await visit.show(meme(one, shadowed));
    expect((await visit.paint(0)).pixels).toEqual(stepwise.pixels);
  });

  it('answers all who asked with the newest recipe', async () => {
    const sizes = await visit.page.evaluate(
      async ([first, last]) => {
        const answers = await Promise.all([globalThis.harness.show(first), globalThis.harness.show(last)]);
        return answers.map(({ plan }) => plan?.canvas.width);
      },
      [
        { source: { kind: 'upload', upload: uploads.photo }, output: { format: 'png', width: 500 } },
        { source: { kind: 'upload', upload: uploads.photo }, output: { format: 'png', width: 300 } },
      ] as const,
    );
    expect(sizes).toEqual([300, 300]);
  });

  it('has small pictures for the timeline, evenly spread', async () => {
    await visit.show({ source: { kind: 'upload', upload: uploads.gif }, output: { format: 'webp' } });
    const thumbnails = await visit.page.evaluate(() => globalThis.harness.thumbnails(4, 60));
    expect(thumbnails).toEqual([0, 1, 2, 3].map((index) => ({ atMs: index * 295, width: 80, height: 60 })));
  });

  it('estimates a larger file for more frames and more quality', async () => {
    const still = async (quality: number): Promise<number> =>
      (await visit.show({ ...meme({ text: 'x' }), output: { format: 'jpeg', quality } })).estimate?.bytes ??
      0;
    expect(await still(90)).toBeGreaterThan(await still(40));
    const { estimate } = await visit.show({
      source: { kind: 'upload', upload: uploads.gif },
      output: { format: 'gif', maxBytes: 20_000 },
    });
    expect(estimate?.bytes).toBe(20_000);
    expect(estimate?.milliseconds).toBeGreaterThan(0);
  });
});
