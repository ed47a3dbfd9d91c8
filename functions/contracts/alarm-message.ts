import * as z from 'zod';

const state = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
export type AlarmState = z.infer<typeof state>;

/** `2026-11-21T03:04:05.678+0000`: CloudWatch writes the offset without its colon, which ISO 8601 as ECMAScript reads it wants. */
const time = z.string().refine((text) => !Number.isNaN(toEpoch(text)), 'write a time');

/** Epoch milliseconds of a time in an alarm's message; NaN when it is none. */
export const toEpoch = (text: string): number =>
  Date.parse(
    text.replace(/([+-]\d{2})(\d{2})$/u, (_, hours: string, minutes: string) => `${hours}:${minutes}`),
  );

const common = {
  AlarmName: z.string().min(1),
  AlarmArn: z.string().optional(),
  AlarmDescription: z.string().nullish(),
  NewStateValue: state,
  /** In AWS's words, with the values that decided. */
  NewStateReason: z.string().default(''),
  StateChangeTime: time,
  OldStateValue: state.optional(),
};

const metric = z.object({
  MetricName: z.string(),
  Namespace: z.string().optional(),
  Dimensions: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
});

/** What a metric alarm watches: one metric, or metric math in `Metrics`. */
const trigger = z.object({
  ...metric.partial().shape,
  Statistic: z.string().nullish(),
  ExtendedStatistic: z.string().nullish(),
  Unit: z.string().nullish(),
  /** Seconds. */
  Period: z.number().optional(),
  EvaluationPeriods: z.number().optional(),
  DatapointsToAlarm: z.number().nullish(),
  ComparisonOperator: z.string().optional(),
  Threshold: z.number().nullish(),
  TreatMissingData: z.string().nullish(),
  Metrics: z
    .array(
      z.object({
        Id: z.string(),
        Label: z.string().nullish(),
        Expression: z.string().nullish(),
        ReturnData: z.boolean().nullish(),
        MetricStat: z.object({ Metric: metric, Period: z.number(), Stat: z.string() }).nullish(),
      }),
    )
    .optional(),
});
export type AlarmTrigger = z.infer<typeof trigger>;

const metricAlarm = z.object({ ...common, Trigger: trigger });

const compositeAlarm = z.object({
  ...common,
  /** `ALARM("fanfare-prod/personalise/render-errors") OR …` */
  AlarmRule: z.string(),
  /** The alarms whose change changed this one. */
  TriggeringChildren: z
    .array(z.object({ Arn: z.string(), State: z.object({ Value: state, Timestamp: time }) }))
    .default([]),
});

/**
 * What CloudWatch publishes to SNS, as the text of a message, when an alarm changes its state. A composite alarm has no `Trigger`. AWS adds keys over time, so
 * unknown ones are passed over.
 */
export const alarmMessageSchema = z.union([compositeAlarm, metricAlarm]);
export type AlarmMessage = z.infer<typeof alarmMessageSchema>;
