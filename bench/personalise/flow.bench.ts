import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Stage, startStage } from '../../local/stage.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { Person } from '../../test/local/person.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { atLeast, type Row } from '../row.ts';
import { median, percentile } from '../statistics.ts';
import { runBareLoops } from './flow/run-bare-loops.ts';

const wish = { campaign: 'final-vote', slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' } };
/** A phone's photo: 12 megapixels, upright by EXIF. */
const phone = { width: 4032, height: 3024, orientation: 6 };
const users = 12;
/** Enough that the beginning and the end, when not all users are busy, do not count. */
const jobsPerUser = 8;
const idleJobs = 20;
const loopMs = 8000;

/** The whole flow through the local stage against rendering alone, on the same cores, in the same minute. */
export async function run(): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-flow-'));
  const photo = await grainyJpeg(phone.width, phone.height, phone.orientation);
  const photoFile = path.join(folder, 'photo.jpg');
  await writeFile(photoFile, photo);
  const cores = availableParallelism();
  const stage = await startStage({ assembly: await synthesize('dev') });
  try {
    // As many execution environments as there will be users, as a campaign has after its first minute.
    await throughput(stage, photo, 100);
    await throughput(stage, photo, 200);

    const idle = await latencies(stage, photo);
    const alone = (await runBareLoops(1, wish.campaign, wish.slots, photoFile, loopMs / 2)).flat();
    const before = await throughput(stage, photo, 1000);
    const bare = await runBareLoops(cores, wish.campaign, wish.slots, photoFile, loopMs);
    const after = await throughput(stage, photo, 2000);

    const renderMs = median(alone);
    const limit = 1.3 * renderMs + 150;
    const p95 = percentile(idle, 0.95);
    const bareRate = bare.reduce((sum, times) => sum + times.length, 0) / (loopMs / 1000);
    const rate = (before + after) / 2;
    return [
      atLeast(
        `${users} users at once: finished jobs against bare renders, ${cores} cores`,
        rate / bareRate,
        0.75,
        `${rate.toFixed(2)} jobs/s against ${bareRate.toFixed(2)} renders/s`,
      ),
      {
        measure: 'idle machine: upload → done, p95',
        figure: `${p95.toFixed(0)} ms (p50 ${median(idle).toFixed(0)} ms, render alone ${renderMs.toFixed(0)} ms)`,
        bound: `≤ 1.3 × ${renderMs.toFixed(0)} + 150 = ${limit.toFixed(0)} ms`,
        holds: p95 <= limit,
      },
      ...(await duplicates(stage, photo)),
    ];
  } finally {
    await stage.stop();
    await rm(folder, { recursive: true });
  }
}

/** Bytes behind the end of a photo, which change nothing that is seen. */
const suffixLength = 12;
let sent = 0;

/** One user's photo, with other bytes behind its end each time: nobody has sent it before. The same memory: a phone does not copy its photo either. */
function photos(photo: Buffer): () => Buffer {
  const own = Buffer.concat([photo, Buffer.alloc(suffixLength)]);
  return () => {
    own.write(String((sent += 1)).padStart(suffixLength), photo.length);
    return own;
  };
}

/** Milliseconds from the first byte of the upload to the answer that says done. */
async function latencies(stage: Stage, photo: Buffer): Promise<number[]> {
  const newPhoto = photos(photo);
  const times: number[] = [];
  for (let job = 0; job < idleJobs; job += 1) {
    const person = new Person(stage.origin, 500 + job);
    const grant = await person.ask(wish);
    const start = performance.now();
    const ended = person.end(grant.jobId);
    await person.upload(grant, newPhoto());
    await ended;
    times.push(performance.now() - start);
  }
  return times;
}

/** Finished jobs a second. */
async function throughput(stage: Stage, photo: Buffer, firstUser: number): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      const person = new Person(stage.origin, firstUser + user);
      const newPhoto = photos(photo);
      for (let job = 0; job < jobsPerUser; job += 1) {
        const { state } = await person.personalise(wish, newPhoto());
        if (state !== 'done') {
          throw new Error(`a job ended ${state}`);
        }
      }
    }),
  );
  return (users * jobsPerUser) / ((performance.now() - start) / 1000);
}

/** Asks again for a picture that is finished: its address must be the one that another job rendered. */
async function duplicates(stage: Stage, photo: Buffer): Promise<Row[]> {
  const first = await new Person(stage.origin, 3000).personalise(wish, photo);
  const start = performance.now();
  const again = await new Person(stage.origin, 3001).personalise(wish, photo);
  const time = performance.now() - start;
  const isShared = JSON.stringify(again.results) === JSON.stringify(first.results);
  return [
    {
      measure: 'the same photo and words again',
      figure: `${isShared ? 'no render' : 'rendered again'}, ${time.toFixed(0)} ms with the upload`,
      bound: 'no render',
      holds: isShared,
    },
  ];
}
