import * as z from 'zod';
import { followed } from '../template/followed.ts';
import { comparisonOperators, missingDataTreatments } from './metric-alarm.ts';

const tagsSchema = z.array(z.looseObject({ Key: z.string(), Value: z.string() })).default([]);

const dimensionsSchema = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);

const actionConfigurationSchema = followed({
  AlarmTagsPropagation: followed({
    Enabled: z.boolean(),
    IncludedTagKeys: z.array(z.string()).optional(),
    ExcludedTagKeys: z.array(z.string()).optional(),
  }).optional(),
});

const topicArnSchema = z.string().regex(/^arn:aws:sns:/u, 'the local stage knows actions on SNS topics only');

const actions = {
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().default(true),
  AlarmActions: z.array(topicArnSchema).default([]),
  OKActions: z.array(topicArnSchema).default([]),
  InsufficientDataActions: z.array(topicArnSchema).default([]),
  ActionConfiguration: actionConfigurationSchema.optional(),
  Tags: tagsSchema,
};

const periodSchema = z
  .int()
  .refine((seconds) => seconds % 60 === 0, 'the local stage knows periods of whole minutes only');

const querySchema = followed({
  Id: z.string().regex(/^[a-z]\w*$/u, 'an id begins with a small letter'),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  Period: periodSchema.optional(),
  ReturnData: z.boolean().default(true),
  MetricStat: followed({
    Metric: followed({
      Namespace: z.string(),
      MetricName: z.string(),
      Dimensions: dimensionsSchema,
    }),
    Period: periodSchema,
    Stat: z.string(),
  }).optional(),
});
export type MetricQuery = z.output<typeof querySchema>;

/** The properties of `AWS::CloudWatch::Alarm` that the local stage follows. */
export const metricAlarmSchema = followed({
  ...actions,
  ComparisonOperator: z.enum(comparisonOperators),
  Threshold: z.number(),
  EvaluationPeriods: z.int().min(1),
  DatapointsToAlarm: z.int().min(1).optional(),
  TreatMissingData: z.enum(missingDataTreatments).default('missing'),
  EvaluateLowSampleCountPercentile: z
    .literal('evaluate', { error: 'the local stage evaluates percentiles of however few samples' })
    .optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensionsSchema,
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: periodSchema.optional(),
  Metrics: z.array(querySchema).optional(),
});
export type MetricAlarmProperties = z.output<typeof metricAlarmSchema>;

/** Of `AWS::CloudWatch::CompositeAlarm`. */
export const compositeAlarmSchema = followed({ ...actions, AlarmRule: z.string() });
export type CompositeAlarmProperties = z.output<typeof compositeAlarmSchema>;
