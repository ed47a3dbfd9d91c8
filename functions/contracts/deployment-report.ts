import * as z from 'zod';
import { figureNames } from './figure-names.ts';

/** One figure of the report, with what it was made of. */
export const figure = z.object({
  /** Null when it is not known. */
  value: z.number().nullable(),
  unit: z.enum(['milliseconds', 'ratio', 'per-day', 'count']),
  /** Why it is not known. */
  unknown: z.enum(['nothing-to-measure', 'most-are-still-open']).optional(),
  /** How it was made, in words. */
  formula: z.string(),
  /** How many deployments, changes or incidents it was made of. */
  sample: z.int().nonnegative(),
  /** Of these, how many have not ended yet. */
  open: z.int().nonnegative().optional(),
  /** Ids of the events that it was made of, at most 100, newest first; only where one service was asked for. */
  events: z.array(z.string()).optional(),
});
export type Figure = z.infer<typeof figure>;

const figures = z.record(z.enum(figureNames), figure);
export type Figures = z.infer<typeof figures>;

/** A part of the time asked for. */
const pointSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  values: z.record(z.string(), z.number().nullable()),
});

/** `GET /deployments/metrics` */
export const metricsReport = z.object({
  scope: z.object({
    service: z.string().optional(),
    team: z.string().optional(),
    product: z.string().optional(),
    services: z.int().nonnegative(),
  }),
  from: z.iso.date(),
  /** Not included. */
  to: z.iso.date(),
  window: z.enum(['day', 'week', 'month']),
  /** What counts as production. */
  environments: z.array(z.string()),
  figures,
  /** Values of the figures, a window at a time, oldest first. */
  series: z.array(pointSchema),
});
export type MetricsReport = z.infer<typeof metricsReport>;

/** An event as lists show it. */
export const eventSummary = z.object({
  id: z.string(),
  service: z.string(),
  team: z.string().optional(),
  product: z.string().optional(),
  type: z.string(),
  at: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  subject: z.string(),
  environment: z.string().optional(),
  artifact: z.string().optional(),
  chain: z.string().optional(),
  marks: z.array(z.string()),
});
export type EventSummary = z.infer<typeof eventSummary>;

/** `GET /deployments/events`, newest first; with `after`, oldest first and from where `cursor` of the answer before left off. */
export const eventList = z.object({
  events: z.array(eventSummary),
  /** Where to go on: `?before=` in a list, `?after=` when following what is new. Absent when there is nothing more. */
  cursor: z.string().optional(),
});
export type EventList = z.infer<typeof eventList>;

/** `GET /deployments/events/{id}` */
export const eventDetail = eventSummary.extend({
  /** The CDEvent. */
  event: z.record(z.string(), z.unknown()),
  original: z.object({ contentType: z.string(), body: z.string() }).optional(),
  /** Its place in its service's chain in the archive. */
  chainPlace: z.object({ sequence: z.int().positive(), previous: z.string(), hash: z.string() }),
  /** Events that it links to. */
  linksTo: z.array(eventSummary),
  /** Events that link to it. */
  linkedFrom: z.array(eventSummary),
  /** Others of the same chain of work (`chainId`), oldest first. */
  sameChain: z.array(eventSummary),
});
export type EventDetail = z.infer<typeof eventDetail>;

const runSchema = z.object({
  service: z.string(),
  team: z.string().optional(),
  product: z.string().optional(),
  artifact: z.string().optional(),
  how: z.enum(['deployed', 'upgraded', 'rolledback', 'published', 'removed']),
  since: z.iso.datetime(),
  event: z.string(),
});

/** `GET /deployments/environments/{environment}` */
export const environmentReport = z.object({
  environment: z.string(),
  /** The moment asked about. */
  at: z.iso.datetime(),
  services: z.array(runSchema),
});
export type EnvironmentReport = z.infer<typeof environmentReport>;

const incidentSchema = z.object({
  subject: z.string(),
  environment: z.string().optional(),
  onset: z.iso.datetime().optional(),
  detected: z.iso.datetime(),
  resolved: z.iso.datetime().optional(),
  events: z.array(z.string()),
});

const deploymentSchema = z.object({
  event: z.string(),
  at: z.iso.datetime(),
  environment: z.string(),
  artifact: z.string().optional(),
  /** Subjects of the changes that it was the first to bring. */
  changes: z.array(z.string()),
  isRework: z.boolean(),
  failure: z
    .object({
      rolledBackBy: z.string().optional(),
      incidents: z.array(z.string()),
      restored: z.iso.datetime().optional(),
    })
    .optional(),
});

/** `GET /deployments/services/{id}/timeline`, oldest first. */
export const timelineReport = z.object({
  service: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  deployments: z.array(deploymentSchema),
  incidents: z.array(incidentSchema),
  events: z.array(eventSummary),
});
export type TimelineReport = z.infer<typeof timelineReport>;

const serviceLine = z.object({
  service: z.string(),
  team: z.string().optional(),
  product: z.string().optional(),
  /** False when the directory does not know it. */
  isOwned: z.boolean(),
  /** Of its newest event. */
  lastEventAt: z.iso.datetime().optional(),
  /** Open incidents. */
  open: z.int().nonnegative(),
});

/** `GET /deployments/services`, by name. */
export const serviceList = z.object({ services: z.array(serviceLine), cursor: z.string().optional() });
export type ServiceList = z.infer<typeof serviceList>;

/** `GET /deployments/services/{id}` */
export const serviceReport = serviceLine.extend({
  /** What runs now, by environment. */
  environments: z.array(
    runSchema.omit({ service: true, team: true, product: true }).extend({ environment: z.string() }),
  ),
  /** Of the last 30 days. */
  figures,
});
export type ServiceReport = z.infer<typeof serviceReport>;
