import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudioLibrary } from '../../../../functions/studio/domain/edit-ports.ts';
import { paintWithSharp } from './paint-with-sharp.ts';
import { parityCases, uploadFiles } from './parity-recipes.ts';
import { builtLibrary, PreviewVisit } from './preview-visit.ts';
import { shareThatDiffers } from './share-that-differs.ts';

const mostDifferent = 0.02;

describe('what the preview shows', () => {
  let library: StudioLibrary;
  let files: ReadonlyMap<string, Uint8Array>;
  let visit: PreviewVisit;

  beforeAll(async () => {
    [library, files] = await Promise.all([builtLibrary(), uploadFiles()]);
    visit = await PreviewVisit.start(library);
    await visit.open(files);
  });

  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
  });

  for (const { name, recipe, moments } of parityCases) {
    it(`is what the service makes: ${name}`, async () => {
      const made = await paintWithSharp(library, files, recipe, moments);
      const { plan, refusals } = await visit.show(recipe);
      expect(refusals).toEqual([]);
      expect(plan?.canvas).toEqual(made.plan.canvas);
      expect(plan?.frames).toEqual(made.plan.frames);
      for (const [index, atMs] of moments.entries()) {
        const { pixels } = await visit.paint(atMs);
        const share = shareThatDiffers(pixels, made.pictures[index] ?? new Uint8Array());
        expect.soft(share, `at ${atMs} ms`).toBeLessThanOrEqual(mostDifferent);
      }
    });
  }

  it('is drawn without a breach of the content security policy', () => {
    expect(visit.complaints).toEqual([]);
  });
});
