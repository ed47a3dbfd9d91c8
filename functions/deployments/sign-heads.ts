import { KMSClient } from '@aws-sdk/client-kms';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { meter } from '../kernel/metrics.ts';
import { createHeadSigner } from './adapters/kms-head-signer.ts';
import { createArchive } from './adapters/s3-archive.ts';
import { createHeadStore } from './adapters/s3-head-store.ts';
import { createToDoList } from './adapters/s3-to-do-list.ts';
import { signHeads, type SignHeadsDeps } from './domain/audit/sign-heads.ts';
import { toDoPrefixes } from './domain/to-do-prefixes.ts';
import { signHeadsEnv } from './env.ts';
import { deploymentsMetrics } from './metrics.ts';

const env = parseEnvironment(signHeadsEnv);
const deps: SignHeadsDeps = {
  archive: createArchive(env.ARCHIVE_BUCKET_NAME),
  unsigned: createToDoList(env.WORK_BUCKET_NAME, toDoPrefixes.unsigned, systemClock),
  signer: createHeadSigner(new KMSClient({}), env.HEAD_KEY_ARN),
  store: createHeadStore(env.HEADS_BUCKET_NAME),
  clock: systemClock,
};

export const handler = eventBridgeHandler(async () => {
  meter.count(deploymentsMetrics.headSigned, await signHeads(deps));
});
