import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RecipeInput } from '../../functions/contracts/recipe.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import type { Row } from '../row.ts';
import { debianTools } from './debian-tools.ts';
import { makeFootageGif, makeFootageMovie, repeatMovie } from './movies/footage.ts';
import { openStudio, upload } from './open-studio.ts';

const runProgram = promisify(execFile);
const most = 600e6;
const captions: RecipeInput['captions'] = [{ text: 'WHEN IT WORKS', place: 'bottom' }];
const resizedTo = (width: number): RecipeInput['geometry'] => [{ op: 'resize', width }];

/** What each kind of work takes at its peak, with the processes that it starts, and what four times as much of it does. */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-memory-'));
  try {
    await openStudio(folder);
    const peakOf = async (what: string, file: string, recipe: Omit<RecipeInput, 'source'>): Promise<Row> => {
      const script = path.join(import.meta.dirname, 'peak-memory.ts');
      const made = JSON.stringify({ source: upload, ...recipe });
      const { stdout } = await runProgram(process.execPath, [
        script,
        path.join(folder, 'library'),
        made,
        file,
      ]);
      return {
        measure: `peak memory, ${what}`,
        figure: `${(Number(stdout) / 1024 ** 2).toFixed(0)} MiB`,
        bound: '≤ 600 MB',
        holds: Number(stdout) <= most,
      };
    };
    const file = (name: string): string => path.join(folder, name);
    await writeFile(file('photo.jpg'), await grainyJpeg(4032, 3024));
    const still = await peakOf('a photo of 12 megapixels to 1440 pixels', file('photo.jpg'), {
      geometry: resizedTo(1440),
      captions,
      output: { format: 'jpeg' },
    });
    if (!(await debianTools('ffmpeg')).has('ffmpeg')) {
      return [still, { measure: 'peak memory of what moves', figure: 'ffmpeg is not installed here' }];
    }
    await makeFootageGif(file('short.gif'), 40);
    await makeFootageGif(file('long.gif'), 160);
    await makeFootageMovie(file('short.mp4'));
    await repeatMovie(file('short.mp4'), 4, file('long.mp4'));
    const toGif = { geometry: resizedTo(240), captions, output: { format: 'gif' } } as const;
    const clipToGif = { ...toGif, timeline: { frameRate: 15 }, geometry: resizedTo(480) } as const;
    const toMovie = { captions, output: { format: 'mp4' } } as const;
    return [
      still,
      await peakOf('GIF 480 to 240, 40 frames', file('short.gif'), toGif),
      await peakOf('GIF 480 to 240, 160 frames', file('long.gif'), toGif),
      await peakOf('GIF of 480 × 480 to MP4, 40 frames', file('short.gif'), toMovie),
      await peakOf('GIF of 480 × 480 to MP4, 160 frames', file('long.gif'), toMovie),
      await peakOf('720p to captioned GIF, 5 s', file('short.mp4'), clipToGif),
      await peakOf('720p to captioned GIF, 20 s', file('long.mp4'), clipToGif),
      await peakOf('720p to captioned MP4, 5 s', file('short.mp4'), toMovie),
      await peakOf('720p to captioned MP4, 20 s', file('long.mp4'), toMovie),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}
