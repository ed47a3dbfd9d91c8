import prices from '../../lib/prices.json' with { type: 'json' };
import { startStage } from '../../local/stage.ts';
import { grainyJpeg } from '../../test/fixtures/photos.ts';
import { Person } from '../../test/local/person.ts';
import { synthesize } from '../../tools/synthesize.ts';
import type { Row } from '../row.ts';
import { billOf, perOne, usageOf } from '../usage.ts';

const wish = { campaign: 'final-vote', slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' } };
const phone = { width: 4032, height: 3024, orientation: 6 };
const jobs = 20;
/** Redis commands of one job: rate 2, three states shown at 2 each, lease 3, reads 2. An ECPU is a command with up to 1 kB. */
const redisCommands = 13;
const resultDays = 30;
const uploadDays = 1;

const functions = {
  RequestUpload: { isAsked: true, processor: 'arm64' },
  AcceptUpload: { isAsked: false, processor: 'arm64' },
  Render: { isAsked: false, processor: 'arm64' },
  JobStatus: { isAsked: true, processor: 'arm64' },
} as const;

/** The bill of a million personalised images: what the local stage measured, times the prices in `lib/prices.json`. */
export async function run(): Promise<Row[]> {
  const photo = await grainyJpeg(phone.width, phone.height, phone.orientation);
  const stage = await startStage({ assembly: await synthesize('dev') });
  try {
    for (let warm = 0; warm < 3; warm += 1) {
      await new Person(stage.origin, warm).personalise(wish, Buffer.concat([photo, Buffer.from(`w${warm}`)]));
    }
    const before = usageOf(stage, functions);
    let bytes = 0;
    for (let job = 0; job < jobs; job += 1) {
      const person = new Person(stage.origin, 100 + job);
      const { results = [] } = await person.personalise(wish, Buffer.concat([photo, Buffer.from(`#${job}`)]));
      bytes += results.reduce((sum, result) => sum + result.bytes, 0);
    }
    return billOf({
      what: 'images',
      usage: perOne(usageOf(stage, functions), before, jobs),
      results: { bytes: bytes / jobs, days: resultDays },
      uploads: { bytes: photo.byteLength, days: uploadDays },
      more: [
        ['SQS', 3 * prices.sqsRequest, 'send, receive, delete'],
        ['Valkey', redisCommands * prices.valkeyEcpu, `${redisCommands} commands each`],
      ],
    });
  } finally {
    await stage.stop();
  }
}
