import * as z from 'zod';
import type { Connection } from '../../../contracts/service-directory.ts';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { hintsOf, readPayload, type Translated } from './translation.ts';

const payloadSchema = z.looseObject({
  event: z.looseObject({
    id: z.string().min(1),
    event_type: z.string(),
    occurred_at: z.iso.datetime({ offset: true }),
    data: z.unknown(),
  }),
});

const incidentSchema = z.looseObject({
  id: z.string().min(1),
  title: z.string().optional(),
  html_url: z.url(),
  created_at: z.iso.datetime({ offset: true }).optional(),
  service: z.looseObject({ id: z.string(), summary: z.string().nullish() }),
});

/** CDEvents have no word for somebody's taking care. */
const types: Readonly<Record<string, string>> = {
  'incident.triggered': 'incident.detected',
  'incident.reopened': 'incident.detected',
  'incident.acknowledged': 'dev.cdeventsx.pagerduty-incident.acknowledged.0.1.0',
  'incident.resolved': 'incident.resolved',
};

/**
 * What a V3 webhook of PagerDuty says of incidents.
 * Source: PagerDuty developer documentation, "Webhooks V3".
 *
 * @throws UnreadablePayload
 */
export function fromPagerDuty(
  payload: unknown,
  connection: Connection,
  directory: DirectoryIndex,
): Translated {
  const { event } = readPayload(payloadSchema, payload);
  const type = types[event.event_type];
  if (type === undefined) {
    return { ignored: `Nothing follows from the event ${event.event_type}.` };
  }
  const incident = readPayload(incidentSchema, event.data);
  const { service } = incident;
  return {
    translations: [
      {
        type,
        id: event.id,
        source: new URL(incident.html_url).origin,
        at: event.occurred_at,
        subject: incident.id,
        content: {
          environment: { id: connection.environment },
          ...(incident.title === undefined ? {} : { description: incident.title }),
        },
        hints: hintsOf({
          url: incident.html_url,
          onsetAt: event.event_type === 'incident.triggered' ? incident.created_at : undefined,
        }),
        services: [directory.ofPagerDuty(service.id) ?? toServiceId(service.summary || service.id)],
      },
    ],
  };
}
