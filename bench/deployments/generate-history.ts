import type { ArchivedEvent, DeploymentEvent } from '../../functions/contracts/deployment-event.ts';
import { chainStart, headOf, linkTo } from '../../functions/deployments/domain/chain.ts';

/** The size that the service is built for. */
export const serviceCount = 3000;
const customers = 400;
const days = 90;
const dayMs = 24 * 60 * 60 * 1000;
export const historyStart = Date.parse('2026-08-20T00:00:00Z');
export const historyEnd = historyStart + days * dayMs;

export const serviceName = (index: number): string =>
  `customer-${String(index % customers).padStart(3, '0')}.service-${String(index).padStart(4, '0')}`;

/** Numbers between 0 and 1 that are the same every time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * What one service tells in 90 days: change → pipeline → artifact → deployment, now and then an incident, a rollback, a repair; as many events as asked for.
 */
export function generateEvents(service: number, count: number): DeploymentEvent[] {
  const random = createRandom(service + 1);
  const name = serviceName(service);
  const events: DeploymentEvent[] = [];
  const tell = (
    type: string,
    atMs: number,
    subject: string,
    content: Readonly<Record<string, unknown>>,
    chain: string,
    hints: Readonly<Record<string, unknown>> = {},
  ): void => {
    const id = `${name}-${events.length}-${Math.floor(random() * 4_294_967_296).toString(16)}`;
    events.push({
      event: {
        context: {
          specversion: '0.5.1',
          id,
          source: `https://ci.example/${name}`,
          type: `dev.cdevents.${type}`,
          timestamp: new Date(atMs).toISOString(),
          chainId: chain,
        },
        subject: { id: subject, content: { ...content } },
        ...(Object.keys(hints).length > 0 ? { customData: { fanfare: hints } } : {}),
      },
      service: name,
      received: {
        at: new Date(atMs + 500 + Math.floor(random() * 5000)).toISOString(),
        via: 'cdevents',
        connection: 'generated',
      },
      marks: [],
    });
  };
  const environment = { id: 'production' };
  const releases = Math.ceil(count / 7);
  for (let release = 0; events.length < count; release += 1) {
    const atMs = historyStart + Math.floor(((release + random()) / releases) * (days - 1) * dayMs);
    const chain = `${name}-chain-${release}`;
    const artifactId = `pkg:oci/${name}@sha256:${release}`;
    const change = `${name}/pull/${release}`;
    tell('change.merged.0.3.0', atMs, change, { repository: { id: name } }, chain, {
      committedAt: new Date(atMs - Math.floor(random() * 3 * dayMs)).toISOString(),
    });
    tell('pipelinerun.finished.0.3.0', atMs + 400_000, `run-${release}`, { outcome: 'success' }, chain);
    tell('artifact.packaged.0.3.0', atMs + 410_000, artifactId, { change: { id: change } }, chain);
    tell(
      'service.deployed.0.3.0',
      atMs + 500_000,
      name,
      { environment: { id: 'staging' }, artifactId },
      chain,
    );
    tell('service.deployed.0.3.0', atMs + 900_000, name, { environment, artifactId }, chain);
    if (random() < 0.12) {
      const alarm = `${name}-errors-${release}`;
      const noticedMs = atMs + 900_000 + Math.floor(random() * 3_600_000);
      tell('incident.detected.0.3.0', noticedMs, alarm, { environment }, chain, {
        onsetAt: new Date(noticedMs - 60_000).toISOString(),
      });
      if (random() < 0.5) {
        tell(
          'service.rolledback.0.3.0',
          noticedMs + 600_000,
          name,
          { environment, artifactId: `pkg:oci/${name}@sha256:${release - 1}` },
          chain,
        );
      }
      tell('incident.resolved.0.3.0', noticedMs + 1_200_000, alarm, { environment }, chain);
    }
  }
  return events.slice(0, count);
}

/** One more deployment to production. */
export const anotherDeployment = (service: string, number: number, atMs: number): DeploymentEvent => ({
  event: {
    context: {
      specversion: '0.5.1',
      id: `${service}-another-${number}`,
      source: `https://ci.example/${service}`,
      type: 'dev.cdevents.service.deployed.0.3.0',
      timestamp: new Date(atMs).toISOString(),
    },
    subject: {
      id: service,
      content: {
        environment: { id: 'production' },
        artifactId: `pkg:oci/${service}@sha256:another-${number}`,
      },
    },
  },
  service,
  received: { at: new Date(atMs).toISOString(), via: 'cdevents', connection: 'generated' },
  marks: [],
});

/** The chain of one service, as the archive has it. */
export function generateRecords(service: number, count: number): ArchivedEvent[] {
  let head = chainStart;
  return generateEvents(service, count).map((event) => {
    const record = linkTo(head, event);
    head = headOf(record);
    return record;
  });
}
