import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RecipeInput, StudioFormat } from '../../../../functions/contracts/recipe.ts';
import { createMovieEngine } from '../../../../functions/studio/adapters/movie-engine.ts';
import { openMovieFrames } from '../../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../../functions/studio/adapters/movies/probe-movie.ts';
import { probeAnySource } from '../../../../functions/studio/adapters/probe-any-source.ts';
import { makePlan } from '../../../../functions/studio/domain/make-plan.ts';
import { readRecipe } from '../../../../functions/studio/domain/read-recipe.ts';
import { fakeIndex } from '../fakes.ts';
import { filled, frameOf, makeClip, shadeOf } from './movies/make-clip.ts';
import { animationOf, decodeFrames } from './pictures/test-pictures.ts';

const [width, height] = [160, 120];
const upload = '01HZZZZZZZZZZZZZZZZZZZZZZA';
const anton = path.join(import.meta.dirname, '../../../../fonts/studio/Anton-Regular.ttf');
const engine = createMovieEngine({ index: async () => fakeIndex, file: () => readFile(anton) });

/** What is seen from a moment on: which frame of the source, and which of the two captions. */
interface Seen {
  readonly atMs: number;
  readonly frame: number;
  readonly captions: string;
}

/** Frames that are told apart by their grey, in the middle; captions by the colour of what they lie on. */
const sources: Record<string, Uint8Array> = {};
/** Greys that an encoder does not take for the same. */
const apart = 5;
const gifDelays = [100, 40, 70, 300, 20, 250, 60, 160];

beforeAll(async () => {
  const frames = gifDelays.map((_, index) => filled(width, height, shadeOf(index * apart)));
  sources['gif'] = await animationOf(frames, width, gifDelays, 'gif');
  sources['webp'] = await animationOf(frames, width, gifDelays, 'webp');
  sources['mp4'] = await makeClip({ format: 'mp4', width, height, frames: 25 });
});

const captions: RecipeInput['captions'] = [
  {
    text: 'a',
    place: { left: 0, top: 0, width: 0.4, height: 0.4 },
    background: { colour: '#ff0000' },
    fromMs: 130,
    toMs: 520,
  },
  {
    text: 'b',
    place: { left: 0.6, top: 0.6, width: 0.4, height: 0.4 },
    background: { colour: '#0000ff' },
    fromMs: 300,
  },
];

async function make(source: string, recipe: Partial<RecipeInput>, format: StudioFormat): Promise<Uint8Array> {
  const bytes = sources[source] ?? new Uint8Array();
  const parsed = readRecipe({ source: { kind: 'upload', upload }, captions, ...recipe, output: { format } });
  const known = {
    probes: new Map([[`upload:${upload}`, (await probeAnySource(bytes)) ?? expect.unreachable()]]),
    templates: new Map(),
    fonts: new Set(['anton']),
  };
  const inputs = { known, files: new Map([[`upload:${upload}`, bytes]]) };
  return (await engine.make({ recipe: parsed, plan: makePlan(parsed, known), inputs, withinMs: 60_000 }))
    .bytes;
}

/** The file as whoever plays it sees it: nothing of ours tells when a frame is shown but the file. */
async function watch(
  file: Uint8Array,
  format: StudioFormat,
): Promise<{ seen: Seen[]; delays: readonly number[] }> {
  const { frames, delays } =
    format === 'mp4' || format === 'webm' ? await decodeMovie(file) : await decodeFrames(file);
  let atMs = 0;
  const seen = frames.map((pixels, index) => {
    const middle = pixels.subarray(((height / 2) * width + width / 2) * 4);
    const one = {
      atMs,
      frame: frameOf(middle),
      captions: `${isThere(pixels, 0) ? 'a' : ''}${isThere(pixels, 2) ? 'b' : ''}`,
    };
    atMs += delays[index] ?? 0;
    return one;
  });
  return { seen, delays };
}

async function decodeMovie(file: Uint8Array): Promise<{ frames: Uint8Array[]; delays: readonly number[] }> {
  const { delaysMs } = await probeMovie(file);
  const reader = await openMovieFrames(file);
  try {
    const frames: Uint8Array[] = [];
    for await (const { pixels } of reader.frames([...delaysMs.keys()])) {
      frames.push(pixels);
    }
    return { frames, delays: delaysMs };
  } finally {
    await reader.close();
  }
}

/** Whether there is much of red (0) or blue (2). */
function isThere(pixels: Uint8Array, channel: 0 | 2): boolean {
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    count +=
      (pixels[at + channel] ?? 0) > 180 && (pixels[at + 1] ?? 0) < 80 && (pixels[at + 2 - channel] ?? 0) < 80
        ? 1
        : 0;
  }
  return count > 100;
}

/** What is seen one after the other, however many frames it has. */
const story = (seen: readonly Seen[]): string[] =>
  seen
    .map(({ frame, captions: over }) => `${frame}${over}`)
    .filter((each, index, all) => each !== all[index - 1]);

const sum = (delays: readonly number[]): number => delays.reduce((all, one) => all + one, 0);

describe.each([
  ['a GIF as it is', 'gif', {}],
  ['an animated WebP as it is', 'webp', {}],
  ['a GIF backwards at another speed', 'gif', { timeline: { direction: 'reverse', speed: 0.5 } }],
  ['a GIF there and back, its end held', 'gif', { timeline: { direction: 'boomerang', holdLastMs: 400 } }],
  ['a part of a movie', 'mp4', { timeline: { trim: { fromMs: 110, toMs: 870 } } }],
  ['a movie at another frame rate', 'mp4', { timeline: { frameRate: 10 } }],
] as const)('%s', (_, source, recipe) => {
  it('shows the same frames with the same captions at the same moments as GIF, WebP, MP4 and WebM', async () => {
    const formats = ['mp4', 'gif', 'webp', 'webm'] as const;
    const watched = [];
    for (const format of formats) {
      watched.push(await watch(await make(source, recipe, format), format));
    }
    const [first, ...others] = watched;
    expect(first?.seen.some(({ captions: over }) => over === 'ab')).toBe(true);
    const frameMs = Math.max(...(first?.delays ?? []));
    for (const other of others) {
      expect(story(other.seen)).toEqual(story(first?.seen ?? []));
      expect(Math.abs(sum(other.delays) - sum(first?.delays ?? []))).toBeLessThanOrEqual(
        Math.min(frameMs, 10),
      );
      for (const [index, { atMs }] of other.seen.entries()) {
        // GIF counts in hundredths of a second.
        expect(Math.abs(atMs - (first?.seen[index]?.atMs ?? Infinity))).toBeLessThanOrEqual(5);
      }
    }
  });
});

it.each(['gif', 'webp', 'mp4', 'webm'] as const)(
  'the delays of a source are those of the %s',
  async (format) => {
    const { delays, seen } = await watch(await make('gif', { captions: [] }, format), format);
    expect(delays.map(Math.round)).toEqual(gifDelays);
    expect(seen.map(({ frame }) => frame / apart)).toEqual([...gifDelays.keys()]);
  },
);
