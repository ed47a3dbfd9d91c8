import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SinkMessage } from '../../local/sink.ts';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesize } from '../../tools/synthesize.ts';
import { cameraJpeg } from '../fixtures/photos.ts';
import { Person } from './person.ts';

/** A minute of CloudWatch lasts a second. */
const timeScale = 60;
const patience = 180_000;

interface Fault {
  readonly fault: string;
  readonly team: string;
  /** What goes into alarm, by its name without stage: no less. */
  readonly raises: readonly string[];
  /** What may go into alarm as well when the fault lasts: and no more. */
  readonly mayFollow?: readonly string[];
  readonly begin: (world: World) => Promise<void> | void;
  /** What people do meanwhile, each minute, while the fault is there and after it. */
  readonly minute?: (world: World) => Promise<unknown>;
  readonly end: (world: World) => Promise<void> | void;
}

/** A running stage, and the people in it. */
class World implements AsyncDisposable {
  readonly stage: Stage;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  #people = 0;

  constructor(stage: Stage) {
    this.stage = stage;
    const client = { region: stage.region, credentials: stage.credentials };
    this.s3 = new S3Client({ ...client, endpoint: stage.endpoints.s3, forcePathStyle: true });
    this.sqs = new SQSClient({ ...client, endpoint: stage.endpoints.sqs });
  }

  /** Somebody new, whom no rate limit knows. */
  get somebody(): Person {
    this.#people += 1;
    return new Person(this.stage.origin, this.#people);
  }

  async uploadsAPhoto(): Promise<void> {
    const person = this.somebody;
    const grant = await person.ask(wish);
    await person.upload(grant, Buffer.concat([await photo, Buffer.from(`#${this.#people}`)]));
  }

  /** The full names of what went into alarm since the start. */
  raised(): string[] {
    const names = this.stage.alarms.history
      .filter(({ to }) => to.state === 'ALARM')
      .map(({ alarm }) => alarm.name.replace(/^fanfare-dev\//u, ''));
    return [...new Set(names)];
  }

  pages(action: 'trigger' | 'resolve'): { team: string | undefined; key: unknown }[] {
    return this.stage.sink
      .messages()
      .filter(({ kind }) => kind === 'pagerduty')
      .filter(({ body }) => fieldOf(body, 'event_action') === action)
      .map(({ team, body }) => ({ team, key: fieldOf(body, 'dedup_key') }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.s3.destroy();
    this.sqs.destroy();
    await this.stage.stop();
  }
}

const fieldOf = (body: SinkMessage['body'], name: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
const photo = cameraJpeg();
const wish = { campaign: 'final-vote', slots: { name: 'Ada Lovelace', finalist: 'Mira Holm' } };
const windows = (promise: string): string[] =>
  ['1h-14.4x', '5m-14.4x', '6h-6x', '30m-6x', '1d-3x', '2h-3x', '3d-1x', '6h-1x'].map(
    (window) => `${promise}/${window}`,
  );
const page = (service: string): string => `${service}/page`;
const times = async (count: number, act: () => Promise<unknown>): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, act));

const pageFile = 'index.html';
let savedPage: Uint8Array;

const faults: readonly Fault[] = [
  {
    fault: 'render dies at every photo',
    team: 'campaigns',
    raises: ['personalise/render-errors', page('personalise')],
    // A message whose render died waits for three minutes.
    mayFollow: ['personalise/render-queue-age'],
    begin: ({ stage }) => stage.faults.failFunction('Render'),
    minute: (world) => world.uploadsAPhoto(),
    end: async ({ stage }) => {
      stage.faults.healFunction('Render');
      await stage.faults.elapseVisibility();
    },
  },
  {
    fault: 'nobody works off the render queue',
    team: 'campaigns',
    raises: ['personalise/render-queue-age', page('personalise')],
    begin: async (world) => {
      world.stage.faults.blockQueue('RenderQueue/Queue');
      await world.uploadsAPhoto();
    },
    end: ({ stage }) => stage.faults.unblockQueue('RenderQueue/Queue'),
  },
  {
    fault: 'the API is slow',
    team: 'campaigns',
    raises: ['personalise/api-latency', page('personalise')],
    begin: ({ stage }) => stage.faults.slowFunction('OpenCampaigns', 3500),
    minute: async (world) => void world.somebody.json('GET', '/personalise/campaigns').catch(() => undefined),
    end: ({ stage }) => stage.faults.healFunction('OpenCampaigns'),
  },
  {
    fault: 'the cache is away, and uploads are refused with 503',
    team: 'campaigns',
    raises: [
      'personalise/api-failures',
      ...windows('personalise/requests-answered'),
      page('personalise'),
      'personalise/ticket',
    ],
    begin: async ({ stage }) => stage.faults.redisDown(),
    minute: (world) =>
      times(25, () =>
        world.somebody.json('POST', '/personalise/uploads', { ...wish, contentType: 'image/jpeg' }),
      ),
    end: async ({ stage }) => stage.faults.redisUp(),
  },
  {
    fault: 'there is no room to grant uploads',
    team: 'campaigns',
    raises: ['personalise/request-upload-throttles', page('personalise')],
    mayFollow: [...windows('personalise/requests-answered'), 'personalise/ticket'],
    begin: ({ stage }) => stage.faults.throttle('RequestUpload'),
    minute: (world) =>
      world.somebody.json('POST', '/personalise/uploads', { ...wish, contentType: 'image/jpeg' }),
    end: ({ stage }) => stage.faults.healFunction('RequestUpload'),
  },
  {
    fault: 'a message is poison',
    team: 'campaigns',
    raises: ['personalise/render-dead-letters', page('personalise')],
    mayFollow: ['personalise/render-queue-age'],
    begin: async ({ sqs, stage }) => {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: stage.queueUrl('RenderQueue/Queue'), MessageBody: 'poison' }),
      );
    },
    minute: async ({ stage }) => stage.faults.elapseVisibility(),
    end: async ({ sqs, stage }) => {
      await sqs.send(new PurgeQueueCommand({ QueueUrl: stage.queueUrl('RenderQueue/DeadLetters/Queue') }));
    },
  },
  {
    fault: 'accept-upload fails on every photo',
    team: 'campaigns',
    raises: ['personalise/accept-upload-errors', page('personalise')],
    mayFollow: ['personalise/accept-upload-dead-letters', 'personalise/accepted-jobs-end'],
    begin: ({ stage }) => stage.faults.failFunction('AcceptUpload'),
    minute: (world) => world.uploadsAPhoto(),
    end: async ({ stage, sqs }) => {
      stage.faults.healFunction('AcceptUpload');
      await sqs.send(
        new PurgeQueueCommand({ QueueUrl: stage.queueUrl('AcceptUploadRetries/DeadLetters/Queue') }),
      );
    },
  },
  {
    fault: 'the cache throttles',
    team: 'platform',
    raises: ['foundation/cache-throttles', page('foundation')],
    begin: ({ stage }) => stage.faults.cacheReadings({ ThrottledCmds: 1, TotalCmdsCount: 1_000_000 }),
    end: ({ stage }) => stage.faults.cacheReadings({ ThrottledCmds: 0, TotalCmdsCount: 1_000_000 }),
  },
  {
    fault: 'the cache refuses a hundredth of what it is asked',
    team: 'platform',
    raises: [
      'foundation/cache-throttles',
      ...windows('foundation/cache-answers'),
      page('foundation'),
      'foundation/ticket',
    ],
    begin: ({ stage }) => stage.faults.cacheReadings({ ThrottledCmds: 100, TotalCmdsCount: 1000 }),
    end: ({ stage }) => stage.faults.cacheReadings({ ThrottledCmds: 0, TotalCmdsCount: 1_000_000 }),
  },
  {
    fault: 'the site’s page is gone',
    team: 'platform',
    raises: ['console/probe-errors', page('console')],
    mayFollow: [...windows('console/site-answers'), 'console/ticket'],
    begin: async ({ s3, stage }) => {
      const at = { Bucket: stage.bucket('Pages'), Key: pageFile };
      savedPage =
        (await (await s3.send(new GetObjectCommand(at))).Body?.transformToByteArray()) ?? new Uint8Array();
      await s3.send(new DeleteObjectCommand(at));
    },
    end: async ({ s3, stage }) => {
      await s3.send(
        new PutObjectCommand({
          Bucket: stage.bucket('Pages'),
          Key: pageFile,
          Body: savedPage,
          ContentType: 'text/html',
        }),
      );
    },
  },
];

let assembly: string;
beforeAll(async () => {
  assembly = await synthesize('dev');
});

/** A world of one's own, in which nothing is wrong yet. */
async function startWorld(): Promise<World> {
  const world = new World(await startStage({ assembly, timeScale }));
  // A fault that begins in the first minute would be compared with nothing.
  await world.stage.alarms.untilEvaluated(2, patience);
  expect(world.stage.alarms.inState('ALARM')).toEqual([]);
  return world;
}

/** Lives on, minute by minute, until `holds`. */
async function live(now: World, minute: Fault['minute'], holds: () => boolean): Promise<void> {
  const until = Date.now() + patience / 2;
  while (!holds()) {
    if (Date.now() > until) {
      throw new Error(
        `It did not happen in time. In alarm: ${now.stage.alarms.inState('ALARM').join(', ')}; raised: ${now.raised().join(', ')}`,
      );
    }
    await minute?.(now);
    await now.stage.alarms.untilEvaluated(1, patience);
  }
}

// Worlds know nothing of each other, and mostly wait for the next minute: a few at a time use no more of the machine than one after the other.
describe.concurrent('a fault in the running stage', { timeout: patience }, () => {
  it.each(faults)(
    '$fault: raises exactly its alarm, pages the team $team once, and resolves',
    async (each) => {
      await using now = await startWorld();
      const { stage } = now;
      await each.begin(now);
      await live(now, each.minute, () => each.raises.every((name) => now.raised().includes(name)));
      await live(now, undefined, () => now.pages('trigger').length > 0);

      await each.end(now);
      const isQuiet = (): boolean => !stage.alarms.inState('ALARM').some((name) => name.endsWith('/page'));
      await live(now, each.minute, isQuiet);
      await live(now, undefined, () => now.pages('resolve').length > 0);

      const allowed = new Set([...each.raises, ...(each.mayFollow ?? [])]);
      expect(now.raised().filter((name) => !allowed.has(name))).toEqual([]);
      const service = each.raises.find((name) => name.endsWith('/page'));
      const once = [{ team: each.team, key: expect.stringContaining(`${service}`) }];
      expect(now.pages('trigger')).toEqual(once);
      expect(now.pages('resolve')).toEqual(once);
      const chats = stage.sink.messages().filter(({ kind }) => kind === 'chat');
      expect(new Set(chats.map(({ team }) => team))).toEqual(new Set([each.team]));
    },
  );
});

describe.concurrent('an idle system', { timeout: patience }, () => {
  it('raises nothing, pages nobody, and says unknown of every promise that nothing was asked of', async () => {
    await using now = await startWorld();
    const { alarms, sink } = now.stage;
    await alarms.untilEvaluated(12, patience);
    expect(now.raised()).toEqual([]);
    expect(sink.messages()).toEqual([]);
    const asked = ['console/site-answers', 'foundation/cache-answers'];
    const burning = Object.entries(alarms.states()).filter(
      ([name]) => /\/[\d.]+[mhd]-[\d.]+x$/u.test(name) && !asked.some((promise) => name.includes(promise)),
    );
    expect(burning.length).toBeGreaterThan(10);
    expect(burning.filter(([, state]) => state !== 'INSUFFICIENT_DATA')).toEqual([]);
  });
});
