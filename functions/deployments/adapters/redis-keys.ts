import { shortDigest } from '../domain/identity.ts';

const tag = (text: string): string => encodeURIComponent(text);

/**
 * Every Redis key of this service. The part in braces is the hash tag: what is written together lies in one slot. Keys of a service are the projection; all others
 * are copies of it by another order, made anew from it when they are behind.
 */
export const redisKeys = {
  /** Hash: `sequence` and `hash` of the last record that is in, its `epoch`, and up to which sequence the copies are `spread`. */
  head: (service: string) => `deployments:{${tag(service)}}:head`,
  /** Hash: identity → essence. Trimmed. */
  events: (service: string) => `deployments:{${tag(service)}}:events`,
  /** Hash: day → figures, empty where there are none any more. It stays. */
  days: (service: string) => `deployments:{${tag(service)}}:days`,
  /** Hash: the `id` of the projection as it was begun, `whole` when it has all services, `upTo` which one it was made. */
  making: 'deployments:{projection}:making',
  /** Hash: service → `<sequence>|<newest event, ms>,<open incidents>`. */
  services: 'deployments:{services}:lines',
  /** Hash: service → `<sequence>|<figures>`, as in `days`. */
  day: (day: string) => `deployments:{day ${day}}:figures`,
  /** Hash: `version` of the day’s figures, and `sums` of all services made `of` one of them. It stays. */
  sums: (day: string) => `deployments:{day ${day}}:sums`,
  /** Sorted set of event ids by time. Expires. */
  eventsOn: (day: string) => `deployments:{day ${day}}:events`,
  /** Hash: service → `<sequence>|<what runs>`. */
  environment: (environment: string) => `deployments:{env ${tag(environment)}}:runs`,
  /** Set of event ids. Expires. */
  chain: (chain: string) => `deployments:{chain ${shortDigest(chain)}}:events`,
  /** Set of the ids of events that link to a context id. Expires. */
  linked: (context: string) => `deployments:{link ${shortDigest(context)}}:events`,
  /** Hash: digest of a context id → the ids of its events; a key for each week of events. Expires. */
  contexts: (week: string) => `deployments:{week ${week}}:contexts`,
  /** Stream of what came in, newest last; bounded. */
  feed: 'deployments:{feed}:stream',
  /** Hash: service → sequence of its newest event in the feed. */
  fed: 'deployments:{feed}:positions',
} as const;
