import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
// fauxqs takes its stores as a public option of `buildApp` but exports neither them nor its persistence, which it only
// starts together with a server on every network interface. The version is pinned; a moved file fails at the first start.
import {
  S3Error as StoreError,
  SqsError as SqsStoreError,
} from '../../node_modules/fauxqs/dist/common/errors.js';
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
import { FileS3Persistence } from '../../node_modules/fauxqs/dist/s3/fileS3Persistence.js';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { MessageSpy } from '../../node_modules/fauxqs/dist/spy.js';
import type { SpyMessage } from '../../node_modules/fauxqs/dist/spy.js';
import { sendMessage as storeMessage } from '../../node_modules/fauxqs/dist/sqs/actions/sendMessage.js';
import { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';

export type { SqsQueue };
export { S3Store, SqsStore, SqsStoreError, storeMessage, StoreError };

/** Remembers which queue a dead letter came from, as SQS does for its redrive. Not kept over a restart. */
export class DeadLetterOrigins extends MessageSpy {
  readonly #queueNames = new Map<string, string>();

  /** Called by every queue, with its own name, when it moves a message to its dead-letter queue. */
  override addMessage(message: SpyMessage): void {
    if (message.service !== 'sqs') return;
    if (message.status === 'dlq') this.#queueNames.set(message.messageId, message.queueName);
    if (message.status === 'consumed') this.#queueNames.delete(message.messageId);
  }

  /** The name of the queue that gave up the message. */
  originOf(messageId: string): string | undefined {
    return this.#queueNames.get(messageId);
  }
}

export interface Stores {
  sqsStore: SqsStore;
  snsStore: SnsStore;
  origins: DeadLetterOrigins;
  /** Opens the data folder, once the endpoint is known: the URLs of its queues name an earlier port. */
  open(endpoint: string): void;
  close(): void;
}

/** The stores, in memory or kept in `dataFolder`: objects as files, queues and messages in SQLite. */
export function createStores(s3Store: S3Store, dataFolder: string | undefined): Stores {
  const sqsStore = new MovableSqsStore();
  const snsStore = new SnsStore();
  const origins = new DeadLetterOrigins({ bufferSize: 1 });
  sqsStore.spy = origins;
  let close = (): void => undefined;
  const open = (endpoint: string): void => {
    sqsStore.endpoint = endpoint;
    if (dataFolder === undefined) return;
    mkdirSync(dataFolder, { recursive: true });
    const queues = new PersistenceManager(dataFolder);
    const objects = new FileS3Persistence(join(dataFolder, 's3'));
    queues.loadSqsAndSns(sqsStore, snsStore);
    objects.loadS3(s3Store);
    sqsStore.persistence = queues;
    snsStore.persistence = queues;
    for (const queue of sqsStore.allQueues()) queue.persistence = queues;
    s3Store.persistence = objects;
    close = () => {
      objects.close();
      queues.close();
    };
  };
  return { sqsStore, snsStore, origins, open, close: () => close() };
}

class MovableSqsStore extends SqsStore {
  endpoint: string | undefined;

  override createQueue(...[name, url, arn, attributes, tags]: Parameters<SqsStore['createQueue']>): SqsQueue {
    const here = this.endpoint === undefined ? url : new URL(new URL(url).pathname, this.endpoint).href;
    return super.createQueue(name, here, arn, attributes, tags);
  }
}
