import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudioLibrary } from '../../../../functions/studio/domain/edit-ports.ts';
import { paintWithSharp } from './paint-with-sharp.ts';
import { parityCases, uploadFiles } from './parity-recipes.ts';
import { builtLibrary, PreviewVisit } from './preview-visit.ts';

/** Of 255, in any channel: what nobody sees at the edge of a letter. */
const threshold = 32;
const mostDifferent = 0.02;

describe('what the preview shows', () => {
  let library: StudioLibrary;
  let files: ReadonlyMap<string, Uint8Array>;
  let visit: PreviewVisit;

  beforeAll(async () => {
    [library, files] = await Promise.all([builtLibrary(), uploadFiles()]);
    visit = await PreviewVisit.start(library);
    await visit.page.evaluate(
      (contents) => globalThis.harness.open(contents),
      Object.fromEntries([...files].map(([id, bytes]) => [id, Buffer.from(bytes).toString('base64')])),
    );
  });

  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
  });

  for (const { name, recipe, moments } of parityCases) {
    it(`is what the service makes: ${name}`, async () => {
      const made = await paintWithSharp(library, files, recipe, moments);
      const { plan, refusals } = await visit.page.evaluate((shown) => globalThis.harness.show(shown), recipe);
      expect(refusals).toEqual([]);
      expect(plan?.canvas).toEqual(made.plan.canvas);
      expect(plan?.frames).toEqual(made.plan.frames);
      for (const [index, atMs] of moments.entries()) {
        const seen = await visit.page.evaluate((at) => globalThis.harness.paint(at), atMs);
        const pixels = Buffer.from(seen.pixels, 'base64');
        const share = different(pixels, made.pictures[index] ?? new Uint8Array(), seen.width);
        expect.soft(share, `at ${atMs} ms`).toBeLessThanOrEqual(mostDifferent);
      }
    });
  }

  it('complains about nothing', () => {
    expect(visit.complaints).toEqual([]);
  });
});

/** The share of pixels that differ by more than the threshold, both on the same grey. */
function different(one: Uint8Array, other: Uint8Array, width: number): number {
  if (one.length !== other.length || one.length === 0 || width === 0) {
    return 1;
  }
  let count = 0;
  const onGrey = (data: Uint8Array, at: number, channel: number): number => {
    const alpha = (data[at + 3] ?? 0) / 255;
    return (data[at + channel] ?? 0) * alpha + 128 * (1 - alpha);
  };
  for (let at = 0; at < one.length; at += 4) {
    const isFar = [0, 1, 2].some(
      (channel) => Math.abs(onGrey(one, at, channel) - onGrey(other, at, channel)) > threshold,
    );
    count += isFar ? 1 : 0;
  }
  return count / (one.length / 4);
}
