import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { eventBridgeHandler } from '../kernel/event-bridge.ts';
import { meter } from '../kernel/metrics.ts';
import { createHeadStore } from './adapters/s3-head-store.ts';
import { createPackStore } from './adapters/s3-pack-store.ts';
import { createPackingNotes } from './adapters/s3-packing-notes.ts';
import { packChains } from './domain/packs/pack-chains.ts';
import { packChainsEnv } from './env.ts';
import { deploymentsMetrics } from './metrics.ts';

const env = parseEnvironment(packChainsEnv);
const statements = createHeadStore(env.HEADS_BUCKET_NAME);
const packs = createPackStore(env.ARCHIVE_BUCKET_NAME);
/** Well within the function's time-out of ten minutes: a pack that is begun is ended. */
const workMs = 8 * 60_000;

export const handler = eventBridgeHandler(async () => {
  const until = systemClock() + workMs;
  const records = await packChains({
    statements,
    packs,
    notes: createPackingNotes(env.WORK_BUCKET_NAME),
    hasTime: () => systemClock() < until,
  });
  meter.count(deploymentsMetrics.recordPacked, records);
});
