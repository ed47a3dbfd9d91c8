import fc from 'fast-check';
import type { ArchivedEvent, DeploymentEvent } from '../../../functions/contracts/deployment-event.ts';
import { chainStart, headOf, linkTo } from '../../../functions/deployments/domain/chain.ts';
import type { ChainHead } from '../../../functions/deployments/domain/ports.ts';

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
/** When the histories of tests begin. */
export const start = Date.parse('2026-03-02T08:00:00Z');

interface Told {
  readonly type: string;
  readonly atMs: number;
  readonly id?: string;
  readonly subject?: string;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly chain?: string;
  readonly links?: readonly string[];
  readonly hints?: Readonly<Record<string, unknown>>;
  readonly service?: string;
  readonly receivedMs?: number;
}

let made = 0;

/** An event as `receive` queues it. */
export function told(event: Told): DeploymentEvent {
  made += 1;
  const service = event.service ?? 'shop';
  return {
    event: {
      context: {
        specversion: '0.5.1',
        id: event.id ?? `event-${made}`,
        source: '/tests',
        type: `dev.cdevents.${event.type}.0.3.0`,
        timestamp: new Date(event.atMs).toISOString(),
        ...(event.chain === undefined ? {} : { chainId: event.chain }),
        ...(event.links === undefined
          ? {}
          : {
              links: event.links.map((contextId) => ({
                linkType: 'RELATION',
                linkKind: 'fixes',
                target: { contextId },
              })),
            }),
      },
      subject: { id: event.subject ?? service, content: { ...event.content } },
      ...(event.hints === undefined ? {} : { customData: { fanfare: event.hints } }),
    },
    service,
    received: {
      at: new Date(event.receivedMs ?? event.atMs).toISOString(),
      via: 'cdevents',
      connection: 'tests',
    },
    marks: [],
  };
}

const environment = { id: 'production' };

export const deployed = (atMs: number, artifactId: string, more: Partial<Told> = {}): DeploymentEvent =>
  told({ type: 'service.deployed', atMs, content: { environment, artifactId }, ...more });
export const rolledBack = (atMs: number, artifactId: string, more: Partial<Told> = {}): DeploymentEvent =>
  told({ type: 'service.rolledback', atMs, content: { environment, artifactId }, ...more });
export const detected = (atMs: number, subject: string, more: Partial<Told> = {}): DeploymentEvent =>
  told({ type: 'incident.detected', atMs, subject, content: { environment }, ...more });
export const resolved = (atMs: number, subject: string, more: Partial<Told> = {}): DeploymentEvent =>
  told({ type: 'incident.resolved', atMs, subject, content: { environment }, ...more });
export const merged = (atMs: number, subject: string, more: Partial<Told> = {}): DeploymentEvent =>
  told({ type: 'change.merged', atMs, subject, content: { repository: { id: 'shop' } }, ...more });

/** The chain that events become in the order in which they came. */
export function chained(events: readonly DeploymentEvent[], after: ChainHead = chainStart): ArchivedEvent[] {
  const records: ArchivedEvent[] = [];
  let head = after;
  for (const event of events) {
    const record = linkTo(head, event);
    records.push(record);
    head = headOf(record);
  }
  return records;
}

const artifacts = ['pkg:oci/shop@1', 'pkg:oci/shop@2', 'pkg:oci/shop@3'];
const subjects = ['alarm-a', 'alarm-b'];

/** One event of a lively service: a few artifacts, incidents, chains and environments, so that they meet; some at the same moment. */
const anyEvent = fc
  .record({
    type: fc.constantFrom(
      'service.deployed',
      'service.upgraded',
      'service.rolledback',
      'service.removed',
      'incident.detected',
      'incident.resolved',
      'incident.reported',
      'change.created',
      'change.merged',
      'artifact.packaged',
      'pipelinerun.finished',
    ),
    atMs: fc.integer({ min: 0, max: 60 }).map((step) => start + step * hours(5)),
    artifactId: fc.constantFrom(...artifacts),
    incident: fc.constantFrom(...subjects),
    environment: fc.constantFrom('production', 'staging'),
    chain: fc.option(fc.constantFrom('chain-1', 'chain-2'), { nil: undefined }),
    onset: fc.option(fc.integer({ min: 0, max: 600 }), { nil: undefined }),
    unplanned: fc.option(fc.boolean(), { nil: undefined }),
    lateDays: fc.constantFrom(0, 0, 0, 3, 40),
    links: fc.constantFrom(undefined, undefined, ['context-1']),
  })
  .map(({ type, atMs, artifactId, incident, environment: id, chain, onset, unplanned, lateDays, links }) => {
    const kind = type.split('.')[0];
    return {
      type,
      atMs,
      subject:
        kind === 'incident'
          ? incident
          : kind === 'change'
            ? `pull-${artifactId}`
            : kind === 'artifact'
              ? artifactId
              : 'shop',
      content:
        kind === 'artifact'
          ? { change: { id: `pull-${artifactId}` } }
          : { environment: { id }, ...(kind === 'service' ? { artifactId } : {}) },
      chain,
      links,
      hints: {
        ...(onset === undefined ? {} : { onsetAt: new Date(atMs - minutes(onset)).toISOString() }),
        ...(unplanned === undefined ? {} : { unplanned }),
      },
      receivedMs: atMs + lateDays * hours(24),
    } satisfies Told;
  });

/** Some hundred days of one service, each event once. */
export const anyHistory = fc
  .array(anyEvent, { minLength: 1, maxLength: 40 })
  .map((events) => events.map((event, index) => told({ ...event, id: `context-${index}` })));
