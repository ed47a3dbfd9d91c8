import * as z from 'zod';
import { parseJson } from '../../../kernel/parse-json.ts';

/** What CloudWatch says an alarm was judged by; all of it may be missing. Source: CloudWatch user guide, "Alarm events and EventBridge". */
const reasonDataSchema = z.looseObject({
  threshold: z.number().optional(),
  period: z.number().positive().optional(),
  startDate: z.string().optional(),
  recentDatapoints: z.array(z.number()).optional(),
  evaluatedDatapoints: z
    .array(z.looseObject({ timestamp: z.string(), value: z.number().optional() }))
    .optional(),
});

/** In CloudWatch's words, the longer before those that they begin with. */
const comparisons: readonly (readonly [string, (value: number, threshold: number) => boolean])[] = [
  ['greater than or equal to the threshold', (value, threshold) => value >= threshold],
  ['greater than the threshold', (value, threshold) => value > threshold],
  ['less than or equal to the threshold', (value, threshold) => value <= threshold],
  ['less than the threshold', (value, threshold) => value < threshold],
];

/**
 * When the first datapoint began that made an alarm go off, in epoch milliseconds: what is broken began then, and was noticed later. Undefined where CloudWatch does
 * not say it, as of composite alarms and of anomaly bands.
 *
 * @param reasonData JSON as text
 */
export function breachOnset(reason: string | undefined, reasonData = ''): number | undefined {
  // CloudWatch cuts what is too long; then it says nothing.
  const parsed = reasonDataSchema.safeParse(parseJson(reasonData));
  const breaches = comparisons.find(([words]) => reason?.includes(words) === true)?.[1];
  if (!parsed.success || breaches === undefined || parsed.data.threshold === undefined) {
    return undefined;
  }
  const { threshold } = parsed.data;
  const times = datapointsOf(parsed.data).flatMap(({ ms, value }) =>
    value !== undefined && breaches(value, threshold) && !Number.isNaN(ms) ? [ms] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

const datapointsOf = ({
  evaluatedDatapoints,
  recentDatapoints = [],
  startDate = '',
  period = 60,
}: z.infer<typeof reasonDataSchema>): { ms: number; value: number | undefined }[] =>
  evaluatedDatapoints?.map(({ timestamp, value }) => ({ ms: Date.parse(timestamp), value })) ??
  recentDatapoints.map((value, index) => ({ ms: Date.parse(startDate) + index * period * 1000, value }));
