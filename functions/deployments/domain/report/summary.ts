import type { EventSummary } from '../../../contracts/deployment-report.ts';
import { eventIdOf } from '../identity.ts';
import type { Owners } from './owners.ts';
import type { Placed } from './ports.ts';

/** ISO 8601 UTC. */
export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** An event as lists show it. */
export const summaryOf = ({ service, essence }: Placed, owners: Owners): EventSummary => ({
  id: eventIdOf(service, essence.identity),
  service,
  ...owners.of(service),
  type: essence.type,
  at: isoOf(essence.atMs),
  receivedAt: isoOf(essence.receivedMs),
  subject: essence.subject,
  ...(essence.environment === undefined ? {} : { environment: essence.environment }),
  ...(essence.artifact === undefined ? {} : { artifact: essence.artifact }),
  ...(essence.chain === undefined ? {} : { chain: essence.chain }),
  marks: [...(essence.marks ?? [])],
});
