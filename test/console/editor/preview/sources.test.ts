import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { probeAnySource } from '../../../../functions/studio/adapters/probe-any-source.ts';
import type { StudioLibrary } from '../../../../functions/studio/domain/edit-ports.ts';
import { paintWithSharp } from './paint-with-sharp.ts';
import { uploadFiles, uploads } from './parity-recipes.ts';
import { builtLibrary, PreviewVisit } from './preview-visit.ts';
import { shareThatDiffers } from './share-that-differs.ts';

const clips = path.join(import.meta.dirname, '../../../functions/studio/adapters/movies/clips');
const movesAs = (upload: string): RecipeInput => ({
  source: { kind: 'upload', upload },
  output: { format: 'webp' },
});

let library: StudioLibrary;
let files: Map<string, Uint8Array>;

beforeAll(async () => {
  const [built, made, phone, others] = await Promise.all([
    builtLibrary(),
    uploadFiles(),
    readFile(path.join(clips, 'b-frames-and-sound.mp4')),
    readFile(path.join(clips, 'vp8-and-sound.webm')),
  ]);
  library = built;
  files = new Map([...made, ['phone', phone], ['vp8', others], ['broken', new Uint8Array(400)]]);
});

describe('a file that was chosen', () => {
  let visit: PreviewVisit;

  beforeAll(async () => {
    visit = await PreviewVisit.start(library);
    await visit.open(files);
  });

  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
  });

  it.each([...Object.values(uploads), 'phone', 'vp8'])(
    'is what the service finds it to be: %s',
    async (id) => {
      const { plan } = await visit.show({
        source: { kind: 'upload', upload: id },
        output: { format: 'webp' },
      });
      const { colour: _, ...found } = await probeAnySource(files.get(id) ?? new Uint8Array());
      expect(plan?.sources[0]?.probed).toMatchObject(found);
    },
  );

  it('that is none of what the studio takes is refused where the recipe names it', async () => {
    const { plan, refusals } = await visit.show(movesAs('broken'));
    expect(plan).toBeUndefined();
    expect(refusals).toEqual([
      { pointer: '/source/upload', detail: expect.stringMatching(/cannot be used.*Choose a JPEG/u) },
    ]);
  });

  it('that is not there is refused in the words of the service', async () => {
    const { refusals } = await visit.show(movesAs('nothing'));
    expect(refusals).toEqual([
      { pointer: '/source/upload', detail: 'There is no such upload of yours, or not any more.' },
    ]);
  });
});

describe('in a browser that decodes nothing frame by frame', () => {
  let visit: PreviewVisit;

  beforeAll(async () => {
    visit = await PreviewVisit.start(library, () => {
      Reflect.deleteProperty(globalThis, 'ImageDecoder');
      Reflect.deleteProperty(globalThis, 'VideoDecoder');
    });
    await visit.open(files);
  });

  afterAll(async () => {
    await visit[Symbol.asyncDispose]();
  });

  it.each([
    ['a GIF', uploads.gif, [0, 400, 90]],
    ['an animated WebP', uploads.webp, [0, 500, 130]],
    ['a clip', uploads.clip, [0, 620, 300]],
  ] as const)('%s is shown all the same, forward and back', async (_, id, moments) => {
    const made = await paintWithSharp(library, files, movesAs(id), moments);
    await visit.show(movesAs(id));
    for (const [index, atMs] of moments.entries()) {
      const { pixels } = await visit.paint(atMs);
      expect
        .soft(shareThatDiffers(pixels, made.pictures[index] ?? new Uint8Array()))
        .toBeLessThanOrEqual(0.02);
    }
  });
});
