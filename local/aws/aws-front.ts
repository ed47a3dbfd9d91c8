import { buildApp } from 'fauxqs';
import { answerError } from './answer-error.ts';
import { type CorsRule } from './cors.ts';
import { CreatedObjects, type ObjectCreated } from './created-objects.ts';
import { MoveTasks } from './move-tasks.ts';
import { plainMessages } from './plain-messages.ts';
import { plainObjects } from './plain-objects.ts';
import { plainPosts } from './plain-posts.ts';
import { frontPlainRequests } from './plain-requests.ts';
import { type QueueReading, QueueReadings } from './queue-readings.ts';
import { OrderedS3Store } from './ordered-s3-store.ts';
import { countRequests, type RequestCounts } from './request-counts.ts';
import { consumeQueue, type QueueConsumer } from './queue-consumer.ts';
import { frontS3, type S3FrontOptions } from './s3-front.ts';
import type { Credentials } from './sigv4.ts';
import { frontSqs } from './sqs-front.ts';
import { createStores } from './stores.ts';
import { type WriteFault, WriteFaults } from './write-faults.ts';

export type { CorsRule, Credentials, ObjectCreated, QueueConsumer, WriteFault };

/** S3 (path style) and SQS over HTTP on loopback, as the AWS SDKs speak to them. */
export interface AwsFront {
  /** `http://127.0.0.1:<port>`, for both services. */
  endpoint: string;
  /** Sets a bucket's rules, in the form of a template's `CorsConfiguration.CorsRules`. */
  setCors(bucket: string, rules: readonly CorsRule[]): void;
  /** Writes to the bucket must carry a checksum from now on, as Object Lock demands. */
  lock(bucket: string): void;
  /** Called once for every stored object, after it can be read. */
  onObjectCreated(listener: (created: ObjectCreated) => void): void;
  /** Lets the next `times` writes of objects fail with InternalError, or SlowDown for 503, and store nothing. */
  failWrites(fault: WriteFault): void;
  /** Ends what `failWrites` began. */
  healWrites(): void;
  /** Every queue as it is now, with what happened since the last reading. */
  readQueues(): QueueReading[];
  /** The queue with this URL, for an event source. */
  consume(queueUrl: string): QueueConsumer;
  /** How many requests AWS would have billed since the start. */
  requestCounts(): RequestCounts;
  /** Closes the port, ends long polls and finishes what is being written to the data folder. */
  stop(): Promise<void>;
}

export interface AwsFrontOptions {
  region: string;
  /** The keys that presigned requests must be signed with. Requests signed in their headers are taken as they are. */
  credentials: Credentials;
  /** @default a free one */
  port?: number;
  /** Where objects, queues and messages are kept. @default in memory */
  dataFolder?: string;
}

/** Starts fauxqs with what AWS does beyond it: see `s3-front.ts` and `sqs-front.ts`. */
export async function startAwsFront(options: AwsFrontOptions): Promise<AwsFront> {
  const s3Store = new OrderedS3Store();
  const stores = createStores(s3Store, options.dataFolder);
  const { sqsStore, snsStore, origins } = stores;
  const queueReadings = new QueueReadings(sqsStore);
  const app = buildApp({
    logger: false,
    defaultRegion: options.region,
    stores: { s3Store, sqsStore, snsStore },
  });
  const requests = countRequests(app);
  const corsRules = new Map<string, readonly CorsRule[]>();
  const lockedBuckets = new Set<string>();
  const created = new CreatedObjects();
  const faults = new WriteFaults();
  const moveTasks = new MoveTasks(sqsStore, origins);
  app.setErrorHandler(answerError);
  const s3Options: S3FrontOptions = {
    store: s3Store,
    region: options.region,
    credentials: options.credentials,
    corsRules,
    lockedBuckets,
    created,
    faults,
  };
  frontS3(app, s3Options);
  frontSqs(app, sqsStore, moveTasks);
  const count = (method: 'GET' | 'PUT' | 'POST'): void => requests.countS3(method);
  frontPlainRequests(app.server, [
    plainObjects({ ...s3Options, count }),
    plainPosts({ ...s3Options, count }),
    plainMessages(sqsStore, () => requests.countSqs()),
  ]);

  const endpoint = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  stores.open(endpoint);
  return {
    endpoint,
    setCors: (bucket, rules) => void corsRules.set(bucket, rules),
    lock: (bucket) => void lockedBuckets.add(bucket),
    onObjectCreated: (listener) => created.listen(listener),
    failWrites: (fault) => faults.add(fault),
    healWrites: () => faults.clear(),
    readQueues: () => queueReadings.read(),
    consume: (queueUrl) => consumeQueue(sqsStore, queueUrl, () => requests.countSqs()),
    requestCounts: () => requests.read(),
    stop: async () => {
      await moveTasks.stop();
      await app.close();
      stores.close();
    },
  };
}
