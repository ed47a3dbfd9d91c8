import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { type Stage, startStage } from '../../local/stage.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { Person } from '../../test/local/person.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { atLeast, type Row } from '../row.ts';
import { median, percentile } from '../statistics.ts';
import { perJob, type ProcessorTime, readProcessorTime } from './flow/processor-time.ts';
import { newPhotos } from './flow/new-photos.ts';
import { runBareLoops } from './flow/run-bare-loops.ts';
import { startUsers, type Users } from './flow/start-users.ts';

const wish = { campaign: 'final-vote', slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' } };
/** A phone's photo: 12 megapixels, upright by EXIF. */
const phone = { width: 4032, height: 3024, orientation: 6 };
const users = 12;
/** Enough that the beginning and the end, when not all users are busy, do not count. */
const jobsEach = 8;
/** Processes that take less of a job are not named. */
const smallestMs = 0.1;
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
  const crowd = await startUsers(stage.origin, wish, photoFile);
  try {
    // As many execution environments as there will be users, as a campaign has after its first minute.
    await crowd.rush({ users, jobsEach, firstUser: 100 });
    await crowd.rush({ users, jobsEach, firstUser: 200 });

    const idle = await latencies(stage, photo);
    const [alone] = await runBareLoops(1, wish.campaign, wish.slots, photoFile, loopMs / 2);
    const before = await measuredRush(crowd, 1000);
    const bare = await runBareLoops(cores, wish.campaign, wish.slots, photoFile, loopMs);
    const after = await measuredRush(crowd, 2000);

    const renderMs = median(alone?.times ?? []);
    const limit = 1.3 * renderMs + 150;
    const p95 = percentile(idle, 0.95);
    const renders = bare.reduce((sum, { times }) => sum + times.length, 0);
    const bareRate = renders / (loopMs / 1000);
    const rate = (before.rate + after.rate) / 2;
    const bareMs = bare.reduce((sum, { processorMs }) => sum + processorMs, 0) / renders;
    return [
      atLeast(
        `${users} users at once: finished jobs against bare renders, ${cores} cores`,
        rate / bareRate,
        0.75,
        `${rate.toFixed(2)} jobs/s against ${bareRate.toFixed(2)} renders/s`,
      ),
      ...processorRows(bareMs, [before.processorTime, after.processorTime]),
      {
        measure: 'idle machine: upload → done, p95',
        figure: `${p95.toFixed(0)} ms (p50 ${median(idle).toFixed(0)} ms, render alone ${renderMs.toFixed(0)} ms)`,
        bound: `≤ 1.3 × ${renderMs.toFixed(0)} + 150 = ${limit.toFixed(0)} ms`,
        holds: p95 <= limit,
      },
      ...(await duplicates(stage, photo)),
    ];
  } finally {
    await crowd.stop();
    await stage.stop();
    await rm(folder, { recursive: true });
  }
}

interface MeasuredRush {
  /** Finished jobs a second. */
  readonly rate: number;
  /** Milliseconds of each job, by process. */
  readonly processorTime: ProcessorTime;
}

async function measuredRush(crowd: Users, firstUser: number): Promise<MeasuredRush> {
  const names = new Map([[crowd.pid, 'users']]);
  const before = await readProcessorTime(names);
  const rate = await crowd.rush({ users, jobsEach, firstUser });
  return { rate, processorTime: perJob(before, await readProcessorTime(names), users * jobsEach) };
}

/** Where the processors' time goes. It tells more than rates do while others use the machine. */
function processorRows(bareMs: number, rounds: readonly ProcessorTime[]): Row[] {
  const names = new Set(rounds.flatMap((round) => [...round.keys()]));
  const mean = (name: string): number =>
    rounds.reduce((sum, round) => sum + (round.get(name) ?? 0), 0) / rounds.length;
  const times = Array.from(names, (name) => ({ name, ms: mean(name) })).toSorted((a, b) => b.ms - a.ms);
  const sum = times.reduce((total, { ms }) => total + ms, 0);
  return [
    {
      measure: 'processor time of a bare render against that of a job',
      figure: `${(bareMs / sum).toFixed(2)} × (${bareMs.toFixed(1)} ms against ${sum.toFixed(1)} ms)`,
    },
    ...times
      .filter(({ ms }) => ms >= smallestMs)
      .map(({ name, ms }) => ({ measure: `  ${name}`, figure: `${ms.toFixed(1)} ms` })),
  ];
}

/** Milliseconds from the first byte of the upload to the answer that says done. */
async function latencies(stage: Stage, photo: Buffer): Promise<number[]> {
  const newPhoto = newPhotos(photo, 'alone');
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
