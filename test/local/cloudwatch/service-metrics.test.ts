import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QueueReading } from '../../../local/aws/queue-readings.ts';
import { CacheMetrics, type CacheMetricName } from '../../../local/cloudwatch/cache-metrics.ts';
import { MetricStore } from '../../../local/cloudwatch/metric-store.ts';
import { QueueMetrics } from '../../../local/cloudwatch/queue-metrics.ts';
import { type RedisServer, startRedis } from '../../../local/redis/redis-server.ts';

const newStore = (): MetricStore => new MetricStore({ minuteMs: 60_000, retainedMinutes: 60, valued: [] });

describe('the metrics of a queue', () => {
  const now = Date.UTC(2026, 10, 21, 10);
  const reading: QueueReading = {
    name: 'work',
    visible: 5,
    notVisible: 2,
    delayed: 0,
    oldestAgeMs: 2500,
    sent: 7,
    received: 2,
    deleted: 1,
    emptyReceives: 3,
    activeAt: now,
  };
  const recorded = (changes: Partial<QueueReading>, timeScale: number) => {
    const store = newStore();
    const metrics = new QueueMetrics(store, ['work'], timeScale);
    metrics.record([{ ...reading, ...changes }], store.minute, now);
    return (name: string) =>
      store.total({ namespace: 'AWS/SQS', name, dimensions: { QueueName: 'work' } })?.sum;
  };

  it('are what SQS tells, in seconds and messages', () => {
    const of = recorded({}, 1);
    expect(of('ApproximateAgeOfOldestMessage')).toBe(2);
    expect(of('ApproximateNumberOfMessagesVisible')).toBe(5);
    expect(of('ApproximateNumberOfMessagesNotVisible')).toBe(2);
    expect(of('NumberOfMessagesSent')).toBe(7);
  });

  it('let age pass as fast as everything else', () => {
    expect(recorded({}, 60)('ApproximateAgeOfOldestMessage')).toBe(150);
  });

  it('are silent about a queue that has been empty and untouched for six hours', () => {
    const ago = (hours: number) => ({ activeAt: now - hours * 3_600_000 });
    expect(recorded(ago(5.9), 1)('ApproximateNumberOfMessagesVisible')).toBe(5);
    expect(recorded(ago(6.1), 1)('ApproximateNumberOfMessagesVisible')).toBeUndefined();
    expect(recorded(ago(0.2), 60)('ApproximateNumberOfMessagesVisible')).toBeUndefined();
  });
});

describe('the metrics of the cache', () => {
  let server: RedisServer;
  let store: MetricStore;
  let metrics: CacheMetrics;
  beforeAll(async () => {
    server = await startRedis([]);
    await server.ready;
    store = newStore();
    metrics = new CacheMetrics(store, 'fanfare-dev', server);
    await metrics.begin();
  });
  afterAll(async () => {
    metrics.stop();
    await server.stop();
  });
  /** What was recorded in a minute that is the test's own. */
  let minute = 1000;
  const recordedAfter = async (work: () => Promise<void>) => {
    await work();
    minute += 1;
    await metrics.record(minute);
    return (name: CacheMetricName) =>
      store
        .series({ namespace: 'AWS/ElastiCache', name, dimensions: { clusterId: 'fanfare-dev' } })
        .windows(minute + 1, 1, 1)[0]?.sum;
  };

  it('tell of nothing while nobody asks for anything', async () => {
    const of = await recordedAfter(async () => undefined);
    expect(of('TotalCmdsCount')).toBe(0);
    expect(of('ThrottledCmds')).toBe(0);
    expect(of('CurrConnections')).toBe(0);
    expect(of('CacheHitRate')).toBeUndefined();
    expect(of('SuccessfulReadRequestLatency')).toBeUndefined();
  });

  it('count what a minute brought', async () => {
    const client = server.admin();
    const of = await recordedAfter(async () => {
      await client.set('a', 'x'.repeat(100_000));
      await client.get('a');
      await client.get('b');
    });
    expect(of('TotalCmdsCount')).toBeGreaterThanOrEqual(3);
    expect(of('ElastiCacheProcessingUnits')).toBeGreaterThan(190);
    expect(of('BytesUsedForCache')).toBeGreaterThan(100_000);
    expect([of('CacheHits'), of('CacheMisses'), of('CacheHitRate')]).toEqual([1, 1, 50]);
    expect(of('CurrItems')).toBe(1);
    expect(of('CurrConnections')).toBe(1);
    expect(of('SuccessfulReadRequestLatency')).toBeGreaterThan(0);
    expect(of('SuccessfulWriteRequestLatency')).toBeGreaterThan(0);
    client.disconnect();
  });

  it('can be made up', async () => {
    const of = await recordedAfter(async () =>
      metrics.pretend({ ThrottledCmds: 40, BytesUsedForCache: 9e8 }),
    );
    expect(of('ThrottledCmds')).toBe(40);
    expect(of('BytesUsedForCache')).toBe(9e8);
    metrics.pretend({});
    expect((await recordedAfter(async () => undefined))('ThrottledCmds')).toBe(0);
  });

  it('are silent while the cache is down, and begin anew when it is back', async () => {
    const down = await recordedAfter(async () => server.down());
    expect(down('TotalCmdsCount')).toBeUndefined();
    await server.up();
    await metrics.begin();
    const up = await recordedAfter(async () => undefined);
    expect(up('TotalCmdsCount')).toBe(0);
    expect(up('CurrItems')).toBe(0);
  });
});
