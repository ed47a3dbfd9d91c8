import { once } from 'node:events';
import type { Redis } from 'ioredis';
import type { RedisServer } from '../redis/redis-server.ts';
import type { MetricSeries, MetricStore } from './metric-store.ts';

/** What ElastiCache Serverless tells of a cache. Source: ElastiCache user guide, "Metrics and events for Valkey and Redis OSS serverless caches". */
const names = [
  'BytesUsedForCache',
  'ElastiCacheProcessingUnits',
  'TotalCmdsCount',
  'ThrottledCmds',
  'CurrConnections',
  'NewConnections',
  'CurrItems',
  'CacheHits',
  'CacheMisses',
  'CacheHitRate',
  'Evictions',
  'SuccessfulReadRequestLatency',
  'SuccessfulWriteRequestLatency',
] as const;
export type CacheMetricName = (typeof names)[number];

/** Made-up readings, in place of what the local server would say. */
export type CacheReadings = Partial<Record<CacheMetricName, number>>;

/** Counters of the server since it started. */
interface Counters {
  readonly commands: number;
  readonly bytes: number;
  readonly connections: number;
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
  readonly reads: Latency;
  readonly writes: Latency;
}
interface Latency {
  readonly calls: number;
  readonly microseconds: number;
}

/** Reads the local Redis once a minute, in the place of ElastiCache's own metrics. */
export class CacheMetrics {
  readonly #server: RedisServer;
  readonly #series: ReadonlyMap<string, MetricSeries>;
  #client: Redis | undefined;
  #kinds: ReadonlyMap<string, 'read' | 'write'> = new Map();
  #last: Counters | undefined;
  #pretended: CacheReadings = {};

  /** @param clusterId the name of the cache: its metrics have this one dimension, which begins with a small letter */
  constructor(store: MetricStore, clusterId: string, server: RedisServer) {
    this.#server = server;
    this.#series = new Map(
      names.map((name) => [
        name,
        store.series({ namespace: 'AWS/ElastiCache', name, dimensions: { clusterId } }),
      ]),
    );
  }

  /** Counts from now on. */
  async begin(): Promise<void> {
    const client = this.#connect();
    if (client.status !== 'ready') {
      await once(client, 'ready');
    }
    await this.#read();
  }

  /** From now on these readings are made up; `{}` ends it. */
  pretend(readings: CacheReadings): void {
    this.#pretended = readings;
  }

  /** A cache that is down tells nothing. */
  async record(minute: number): Promise<void> {
    const readings = { ...(await this.#read()), ...this.#pretended };
    for (const [name, value] of Object.entries(readings)) {
      this.#series.get(name)?.add(value, minute);
    }
  }

  stop(): void {
    this.#client?.disconnect();
  }

  /** A server that comes back begins to count anew. */
  #connect(): Redis {
    if (this.#client === undefined || this.#client.status === 'end') {
      this.#client = this.#server.admin();
      this.#last = undefined;
    }
    return this.#client;
  }

  async #read(): Promise<CacheReadings> {
    const client = this.#connect();
    if (client.status !== 'ready') {
      return {};
    }
    try {
      if (this.#kinds.size === 0) {
        this.#kinds = kindsOf(await client.call('COMMAND'));
      }
      const info = toFields(await client.info('all'));
      return this.#toReadings(info);
    } catch {
      // It went away in the middle: nothing is told of this minute, as of a cache that is down.
      return {};
    }
  }

  #toReadings(info: ReadonlyMap<string, string>): CacheReadings {
    const number = (name: string): number => Number(info.get(name) ?? 0);
    const now: Counters = {
      commands: number('total_commands_processed'),
      bytes: number('total_net_input_bytes') + number('total_net_output_bytes'),
      connections: number('total_connections_received'),
      hits: number('keyspace_hits'),
      misses: number('keyspace_misses'),
      evictions: number('evicted_keys'),
      ...latencies(info, this.#kinds),
    };
    // A server that has just come says what it holds; what happened to it is counted from here.
    const before = this.#last ?? now;
    this.#last = now;
    const [commands, hits, misses] = [
      // But the one that asks.
      Math.max(0, now.commands - before.commands - 1),
      now.hits - before.hits,
      now.misses - before.misses,
    ];
    return {
      BytesUsedForCache: number('used_memory_dataset'),
      // One for each command, and one for each kilobyte where that is more.
      ElastiCacheProcessingUnits: Math.max(commands, (now.bytes - before.bytes) / 1024),
      TotalCmdsCount: commands,
      ThrottledCmds: 0,
      // But the one of the stage itself.
      CurrConnections: Math.max(0, number('connected_clients') - 1),
      NewConnections: now.connections - before.connections,
      CurrItems: Number(/keys=(\d+)/u.exec(info.get('db0') ?? '')?.[1] ?? 0),
      CacheHits: hits,
      CacheMisses: misses,
      ...(hits + misses === 0 ? {} : { CacheHitRate: (100 * hits) / (hits + misses) }),
      Evictions: now.evictions - before.evictions,
      ...latency('SuccessfulReadRequestLatency', now.reads, before.reads),
      ...latency('SuccessfulWriteRequestLatency', now.writes, before.writes),
    };
  }
}

/** Microseconds a command, where there was one. */
const latency = (name: CacheMetricName, now: Latency, before: Latency): CacheReadings =>
  now.calls === before.calls
    ? {}
    : { [name]: (now.microseconds - before.microseconds) / (now.calls - before.calls) };

function toFields(info: string): ReadonlyMap<string, string> {
  return new Map(
    info.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}

function latencies(
  info: ReadonlyMap<string, string>,
  kinds: ReadonlyMap<string, 'read' | 'write'>,
): { readonly reads: Latency; readonly writes: Latency } {
  const sum = { read: { calls: 0, microseconds: 0 }, write: { calls: 0, microseconds: 0 } };
  for (const [name, value] of info) {
    const kind = kinds.get(/^cmdstat_([^|]+)/u.exec(name)?.[1] ?? '');
    const [, calls = 0, microseconds = 0] = /calls=(\d+),usec=(\d+)/u.exec(value) ?? [];
    if (kind !== undefined) {
      sum[kind].calls += Number(calls);
      sum[kind].microseconds += Number(microseconds);
    }
  }
  return { reads: sum.read, writes: sum.write };
}

/** Which commands read and which write, as the server itself describes them: name, arity, flags and more. */
function kindsOf(commands: unknown): ReadonlyMap<string, 'read' | 'write'> {
  return new Map(
    (Array.isArray(commands) ? commands : []).flatMap((command: unknown) => {
      const [name, , flags]: unknown[] = Array.isArray(command) ? command : [];
      const list: unknown[] = Array.isArray(flags) ? flags : [];
      const kind = list.includes('write') ? 'write' : list.includes('readonly') ? 'read' : undefined;
      return typeof name === 'string' && kind !== undefined ? [[name, kind] as const] : [];
    }),
  );
}
