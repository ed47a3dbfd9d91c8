import * as z from 'zod';
import { toPointer } from '../../../contracts/json-pointer.ts';
import { HttpProblem } from '../../../kernel/http-problem.ts';
import { type AuditPosition, decodePosition } from '../audit/audit-position.ts';
import { dayOf } from '../day-figures.ts';
import { decodePlace, type EventQuery } from './event-list.ts';
import type { MetricsQuery } from './metrics-report.ts';
import type { ServiceListQuery } from './service-report.ts';

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
/** The longest time that is reported on: figures stay, and a series has a value a day. */
const mostDays = 3 * 366;
const longestPage = 500;
/** Events are listed so far back, and so far ahead where clocks are wrong: details are not kept for longer, and every day is looked at. */
const reachMs = 432 * dayMs;

const text = z.string().min(1).max(300);
const day = z.iso.date({ error: 'a day is written 2026-11-21' });
const moment = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'a moment is written 2026-11-21T10:00:00Z, or 2026-11-21 for its beginning',
});
const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(longestPage, { error: `at most ${longestPage}` })
  .default(100);
const scope = { service: text.optional(), team: text.optional(), product: text.optional() };

const metricsSchema = z.strictObject({
  ...scope,
  from: day.optional(),
  to: day.optional(),
  window: z.enum(['day', 'week', 'month']).default('week'),
});

const eventsSchema = z.strictObject({
  ...scope,
  type: text.optional(),
  environment: text.optional(),
  chain: text.optional(),
  from: moment.optional(),
  to: moment.optional(),
  before: text.optional(),
  after: z
    .string()
    .regex(/^(?:now|\d{1,16}-\d{1,20})$/u, { error: 'a cursor of an answer before, or “now”' })
    .optional(),
  wait: z.string().optional(),
  limit,
});

const timelineSchema = z.strictObject({ from: moment.optional(), to: moment.optional() });
const auditSchema = z.strictObject({ after: text.max(2000).optional() });
const environmentSchema = z.strictObject({ at: moment.optional() });
const servicesSchema = z.strictObject({
  team: text.optional(),
  product: text.optional(),
  after: text.optional(),
  limit,
});

/** As API Gateway hands it over. */
export type Query = Readonly<Record<string, string | undefined>> | undefined;

/** Of `GET /deployments/metrics`; without a time, the last 90 days with today. Throws the HttpProblem 400 `invalid-query`. */
export function readMetricsQuery(query: Query, nowMs: number): MetricsQuery {
  const { service, team, product, from, to, window } = read(metricsSchema, query);
  if (service !== undefined && (team !== undefined || product !== undefined)) {
    throw invalid([{ pointer: '/service', detail: 'a service, or a team and a product: not both' }]);
  }
  const toMs = to === undefined ? Date.parse(dayOf(nowMs)) + dayMs : Date.parse(to);
  const fromMs = from === undefined ? toMs - 90 * dayMs : Date.parse(from);
  if (fromMs >= toMs || toMs - fromMs > mostDays * dayMs) {
    throw invalid([{ pointer: '/from', detail: `a day before “to”, by at most ${mostDays} days` }]);
  }
  return { service, team, product, fromMs, toMs, window };
}

/** Of `GET /deployments/events`: a list, or what is new after a cursor. Throws the HttpProblem 400 `invalid-query`. */
export function readEventsQuery(query: Query, nowMs: number): EventQuery & { after: string | undefined } {
  const { from, to, before, after, wait, ...rest } = read(eventsSchema, query);
  const place = before === undefined ? undefined : decodePlace(before);
  if (before !== undefined && place === undefined) {
    throw invalid([{ pointer: '/before', detail: 'the cursor of an answer before' }]);
  }
  if (wait !== undefined && after === undefined) {
    throw invalid([
      { pointer: '/wait', detail: 'only with “after”: what is there already is not waited for' },
    ]);
  }
  return {
    ...rest,
    fromMs: from === undefined ? nowMs - 90 * dayMs : Math.max(Date.parse(from), nowMs - reachMs),
    // Clocks that are fast are not left out.
    toMs: to === undefined ? nowMs + dayMs : Math.min(Date.parse(to), nowMs + reachMs),
    before: place,
    after,
  };
}

/** Of `GET /deployments/services/{id}/timeline`; without a time, the last 30 days to the end of this minute. Throws the HttpProblem 400 `invalid-query`. */
export function readTimelineQuery(query: Query, nowMs: number): { fromMs: number; toMs: number } {
  const { from, to } = read(timelineSchema, query);
  const toMs = to === undefined ? endOfMinute(nowMs) : Date.parse(to);
  const fromMs = from === undefined ? toMs - 30 * dayMs : Date.parse(from);
  if (fromMs >= toMs) {
    throw invalid([{ pointer: '/from', detail: 'a moment before “to”' }]);
  }
  return { fromMs, toMs };
}

/** Of `GET /deployments/environments/{environment}`; without a time, the end of this minute. Throws the HttpProblem 400 `invalid-query`. */
export function readMoment(query: Query, nowMs: number): number {
  const { at } = read(environmentSchema, query);
  return at === undefined ? endOfMinute(nowMs) : Date.parse(at);
}

/** Answers say of what time they are: those of one minute are the same as long as nothing happens. */
const endOfMinute = (ms: number): number => (Math.floor(ms / minuteMs) + 1) * minuteMs;

/** Of `GET /deployments/services/{id}/audit`. Throws the HttpProblem 400 `invalid-query`. */
export function readAuditQuery(query: Query): AuditPosition | undefined {
  const { after } = read(auditSchema, query);
  const position = after === undefined ? undefined : decodePosition(after);
  if (after !== undefined && position === undefined) {
    throw invalid([{ pointer: '/after', detail: 'the cursor of an answer before' }]);
  }
  return position;
}

/** Of `GET /deployments/services`. Throws the HttpProblem 400 `invalid-query`. */
export const readServicesQuery = (query: Query): ServiceListQuery => read(servicesSchema, query);

function read<Schema extends z.ZodType>(schema: Schema, query: Query): z.infer<Schema> {
  const parsed = schema.safeParse(query ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  throw invalid(
    parsed.error.issues.map((issue) => ({
      pointer: toPointer(issue.path),
      detail: issue.message,
    })),
  );
}

const invalid = (errors: { pointer: string; detail: string }[]): HttpProblem =>
  new HttpProblem(400, 'invalid-query', 'The query is not one that this address understands.', { errors });
