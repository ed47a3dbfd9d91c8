import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { startMs } from '../../functions/studio/domain/costs.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { animationOf, photo } from '../../test/functions/studio/adapters/pictures/test-pictures.ts';
import type { Row } from '../row.ts';
import { median } from '../statistics.ts';
import { openStudio, upload } from './open-studio.ts';
import { processorTime } from './processor-time.ts';

const rounds = 3;
/** Too short an estimate lets work run into its deadline, of which limits keep half for that; too long a one sends to the queue what could be made at once. */
const bounds = { least: 0.6, most: 3 };

type Case = readonly [what: string, sent: Sent, recipe: Omit<RecipeInput, 'source'>];
type Sent = 'photo' | 'gif' | 'webp' | 'clip';

const still = { output: { format: 'jpeg' } } as const;
const small = [{ op: 'resize', width: 240 }] as const satisfies RecipeInput['geometry'];
const words = [{ text: 'WHEN IT WORKS', place: 'bottom' }] as const satisfies RecipeInput['captions'];

/** What each figure of `costs.ts` is read off: one kind of work after the other, and the usual mixtures. */
const cases: readonly Case[] = [
  [
    'a photo of 12 megapixels to 1440 pixels, a caption, JPEG',
    'photo',
    { geometry: [{ op: 'resize', width: 1440 }], captions: [...words], ...still },
  ],
  ['the photo as PNG of 1440 pixels', 'photo', { output: { format: 'png', width: 1440 } }],
  ['the photo as WebP of 1440 pixels', 'photo', { output: { format: 'webp', width: 1440 } }],
  ['the photo as AVIF of 1440 pixels', 'photo', { output: { format: 'avif', width: 1440 } }],
  ['the photo as JPEG of 4000 pixels', 'photo', { output: { format: 'jpeg', width: 4000 } }],
  [
    'the photo turned by 33 degrees and padded, JPEG of 2000 pixels',
    'photo',
    {
      geometry: [
        { op: 'resize', width: 2000 },
        { op: 'rotate', degrees: 33, background: '#ffffff' },
        { op: 'pad', top: 100 },
      ],
      ...still,
    },
  ],
  ...(['sepia', 'invert', 'vignette', 'blur', 'sharpen', 'deep-fried'] as const).map((look): Case => [
    `40 frames of 480 × 480 under ${look}, GIF`,
    'gif',
    { looks: [{ look }], output: { format: 'gif' } },
  ]),
  ['40 frames of 480 × 480 to GIF', 'gif', { output: { format: 'gif' } }],
  [
    '40 frames of 480 × 480 to GIF of 240, a caption',
    'gif',
    { geometry: [...small], captions: [...words], output: { format: 'gif' } },
  ],
  [
    '40 frames of 480 × 480 to GIF, backwards',
    'gif',
    { timeline: { direction: 'reverse' }, output: { format: 'gif' } },
  ],
  [
    '40 frames of 480 × 480 with two stickers',
    'gif',
    {
      overlays: [0.1, 0.5].map((left) => ({
        source: { kind: 'sticker', sticker: 'heart' },
        box: { left, top: 0.1, width: 0.4, height: 0.4 },
      })),
      output: { format: 'gif' },
    },
  ],
  [
    '40 frames of 480 × 480 turned by 12 degrees',
    'gif',
    { geometry: [{ op: 'rotate', degrees: 12, background: '#ffffff' }], output: { format: 'gif' } },
  ],
  ['40 frames of 480 × 480 to WebP', 'gif', { output: { format: 'webp' } }],
  ['40 frames of 480 × 480 (WebP) to GIF', 'webp', { output: { format: 'gif' } }],
  ['40 frames of 480 × 480 to MP4', 'gif', { output: { format: 'mp4' } }],
  ['40 frames of 480 × 480 to WebM', 'gif', { output: { format: 'webm' } }],
  [
    '40 frames of 480 × 480 to a GIF of at most 400 kB',
    'gif',
    { output: { format: 'gif', maxBytes: 400_000 } },
  ],
  ['60 frames of 720p to MP4, a caption', 'clip', { captions: [...words], output: { format: 'mp4' } }],
  [
    '60 frames of 720p to GIF of 480, a caption',
    'clip',
    { captions: [...words], output: { format: 'gif', width: 480 } },
  ],
  ['60 frames of 720p to WebM', 'clip', { output: { format: 'webm' } }],
];

/** What work takes of processors against what the plan says beforehand, which decides where it is done and whether at all. */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-estimates-'));
  try {
    const studio = await openStudio(folder);
    const [side, count] = [480, 40];
    const moving = Array.from({ length: count }, (_, index) => grained(photo(side, side, index * 6), index));
    const delays = Array.from({ length: count }, () => 50);
    const gif = await animationOf(moving, side, delays, 'gif');
    const sources: Record<Sent, Uint8Array> = {
      photo: await grainyJpeg(4032, 3024),
      gif,
      webp: await animationOf(moving, side, delays, 'webp'),
      clip: await studio.make(
        {
          source: upload,
          timeline: { frameRate: 30 },
          geometry: [{ op: 'resize', width: 1280, height: 720, fit: 'fill' }],
          output: { format: 'mp4', width: 1280 },
        },
        gif,
      ),
    };
    const rows: Row[] = [];
    for (const [what, sent, recipe] of cases) {
      const full = { source: upload, ...recipe };
      const times: number[] = [];
      // The first is warmed up with.
      for (let round = 0; round <= rounds; round += 1) {
        const before = await processorTime();
        await studio.make(full, sources[sent]);
        times.push((await processorTime()) - before);
      }
      const measured = median(times.slice(1));
      const estimated = (await studio.estimate(full, sources[sent])).milliseconds - startMs;
      rows.push(rowOf(what, measured, estimated));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function rowOf(what: string, measured: number, estimated: number): Row {
  const ratio = estimated / measured;
  return {
    measure: `estimate of ${what}`,
    figure: `${ratio.toFixed(2)} × (${estimated.toFixed(0)} ms estimated, ${measured.toFixed(0)} ms measured)`,
    bound: `${bounds.least} to ${bounds.most} ×`,
    holds: ratio >= bounds.least && ratio <= bounds.most,
  };
}

/** Grain as cameras have it, which moves: the same in every run. */
function grained(pixels: Uint8Array, seed: number): Uint8Array {
  let state = seed + 1;
  return pixels.map((value, at) => {
    if (at % 4 === 3) {
      return value;
    }
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.max(0, Math.min(255, value + (state >>> 29) - 4));
  });
}
