import { SQSClient } from '@aws-sdk/client-sqs';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { meter } from '../kernel/metrics.ts';
import { createCodeDeployments } from './adapters/https-code-deployments.ts';
import { createDirectory } from './adapters/s3-directory.ts';
import { createEventQueue } from './adapters/sqs-event-queue.ts';
import { DirectoryIndex } from './domain/intake/directory-index.ts';
import type { TakeAwsDeps } from './domain/intake/ports.ts';
import { takeAws } from './domain/intake/take-aws.ts';
import { takeAwsEnv } from './env.ts';

const env = parseEnvironment(takeAwsEnv);
const deps: TakeAwsDeps = {
  directory: createDirectory(env.WORK_BUCKET_NAME, systemClock, (directory) => new DirectoryIndex(directory)),
  queue: createEventQueue(new SQSClient({}), env.EVENTS_QUEUE_URL),
  deployments: createCodeDeployments(),
  meter,
  clock: systemClock,
};

export const handler = eventBridgeHandler((event) => takeAws(deps, event));
