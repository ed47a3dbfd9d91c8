import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { CompiledCampaign } from '../../functions/contracts/campaign.ts';
import { createPictureMaker } from '../../functions/personalise/adapters/sharp-picture-maker.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { type Compilation, compileCampaign } from '../../tools/campaign/compile-campaign.ts';
import { exampleSlots } from '../../tools/campaign/render-compilation.ts';
import { projectFolder } from '../../tools/project-folder.ts';
import { atLeast, atMost, type Row } from '../row.ts';
import { median } from '../statistics.ts';
import { handWritten, prepare } from './render/hand-written.ts';
import { findImageMagick, magickArguments, runImageMagick } from './render/image-magick.ts';

const runProgram = promisify(execFile);
const campaigns = [
  'campaigns/final-vote',
  'campaigns/summer-festival',
  'bench/personalise/render/full-bleed',
];
const rounds = 15;
/** A phone held upright writes its sensor's landscape and orientation 6. */
const phone = { width: 4032, height: 3024, orientation: 6 };
const large = { width: 8640, height: 5760, orientation: 6 };
const megabyte = 1e6;

/** Rendering against what one would write by hand, against ImageMagick, variants against one, and its peak memory. */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-render-'));
  try {
    const photo = await grainyJpeg(phone.width, phone.height, phone.orientation);
    const photoFile = path.join(folder, 'photo.jpg');
    await writeFile(photoFile, photo);
    const largeFile = path.join(folder, 'large.jpg');
    await writeFile(largeFile, await grainyJpeg(large.width, large.height, large.orientation));
    const compilations: Compilation[] = [];
    for (const campaign of campaigns) {
      compilations.push(await compileCampaign(path.join(projectFolder, campaign)));
    }
    const rows: Row[] = [];
    for (const compilation of compilations) {
      rows.push(...(await measure(compilation, { folder, photo, photoFile, largeFile })));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Setting {
  readonly folder: string;
  readonly photo: Buffer;
  readonly photoFile: string;
  readonly largeFile: string;
}

async function measure(
  compilation: Compilation,
  { folder, photo, photoFile, largeFile }: Setting,
): Promise<Row[]> {
  const { campaign, files } = compilation;
  const slots = exampleSlots(compilation);
  const own = path.join(folder, campaign.id);
  for (const [name, bytes] of [...files, ['campaign.json', JSON.stringify(campaign)] as const]) {
    await mkdir(path.dirname(path.join(own, name)), { recursive: true });
    await writeFile(path.join(own, name), bytes);
  }
  const fileOf = async (name: string): Promise<string> => path.join(own, name);
  const maker = createPictureMaker({
    assets: { file: async (_id, _version, name) => files.get(name) ?? new Uint8Array() },
  });
  const [square] = campaign.variants;
  if (square === undefined) {
    throw new Error('The campaign has no variants');
  }
  const one: CompiledCampaign = { ...campaign, variants: [square] };
  // A script that a person wrote for this picture has the machine's loaders; the service's own stay blocked while it runs.
  sharp.unblock({ operation: ['VipsForeignLoad'] });
  const prepared = await prepare(square, campaign, slots, fileOf);
  const magick = await findImageMagick();
  const magickArgs = await magickArguments(
    photoFile,
    square,
    campaign,
    slots,
    fileOf,
    path.join(own, 'magick.jpg'),
  );
  const ways: Record<string, () => Promise<unknown>> = {
    one: () => maker.make(photo, one, slots),
    all: () => maker.make(photo, campaign, slots),
    byHand: () => handWritten(photo, prepared),
    ...(magick === undefined ? {} : { magick: () => runImageMagick(magick, magickArgs) }),
  };
  const times = await interleaved(ways);
  const ms = (name: string): number => times.get(name) ?? Number.NaN;
  const figures = (name: string): string => `${ms('one').toFixed(0)} ms against ${ms(name).toFixed(0)} ms`;
  const peak = await peakMemory(own, largeFile, slots);
  return [
    atMost(
      `${campaign.id}: square of a 12-MP JPEG against sharp by hand`,
      ms('one') / ms('byHand'),
      1.1,
      figures('byHand'),
    ),
    atMost(
      `${campaign.id}: ${campaign.variants.length} variants against the square alone`,
      ms('all') / ms('one'),
      2.2,
      `${ms('all').toFixed(0)} ms against ${ms('one').toFixed(0)} ms`,
    ),
    magick === undefined
      ? { measure: `${campaign.id}: against ImageMagick`, figure: 'not installed here' }
      : atLeast(`${campaign.id}: faster than ImageMagick`, ms('magick') / ms('one'), 3, figures('magick')),
    {
      measure: `${campaign.id}: peak memory, all variants of a 50-MP JPEG`,
      figure: `${(peak / megabyte).toFixed(0)} MB`,
      bound: '≤ 400 MB',
      holds: peak <= 400 * megabyte,
    },
  ];
}

/** Medians in milliseconds: each way once a round, so that a busy moment of the machine meets all of them, and none always after the same. */
async function interleaved(
  ways: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  // The first rounds warm up: fonts, images, compiled code.
  for (let round = -3; round < rounds; round += 1) {
    const turn = Math.abs(round) % Object.keys(ways).length;
    const inTurn = Object.entries(ways);
    for (const [name, way] of [...inTurn.slice(turn), ...inTurn.slice(0, turn)]) {
      const start = performance.now();
      await way();
      if (round >= 0) {
        times.get(name)?.push(performance.now() - start);
      }
    }
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

async function peakMemory(
  folder: string,
  photo: string,
  slots: Readonly<Record<string, string>>,
): Promise<number> {
  const script = path.join(import.meta.dirname, 'render/peak-memory.ts');
  const { stdout } = await runProgram(process.execPath, [script, folder, photo, JSON.stringify(slots)], {
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  return Number(stdout);
}
