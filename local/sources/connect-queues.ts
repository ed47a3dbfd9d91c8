import * as z from 'zod';
import type { AwsFront } from '../aws/aws-front.ts';
import { followed } from '../template/followed.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import { QueueSource } from './queue-source.ts';

const mappingSchema = followed(
  {
    EventSourceArn: z.string().regex(/^arn:aws:sqs:/u, 'the local stage knows SQS event sources only'),
    FunctionName: z.string(),
    Enabled: z.literal(true, { error: 'the local stage runs enabled sources only' }).optional(),
    BatchSize: z.int().default(10),
    MaximumBatchingWindowInSeconds: z.number().default(0),
    FunctionResponseTypes: z.array(z.string()).default([]),
    ScalingConfig: z.looseObject({ MaximumConcurrency: z.int() }).optional(),
  },
  ['Tags'],
);

const mappings = (resources: SortedResources, intrinsics: Intrinsics) =>
  resources
    .ofType('AWS::Lambda::EventSourceMapping')
    .map((resource) => intrinsics.parse(resource, mappingSchema));

/** Names of the functions that work off queues. */
export const consumersOf = (resources: SortedResources, intrinsics: Intrinsics): ReadonlySet<string> =>
  new Set(mappings(resources, intrinsics).map(({ FunctionName }) => FunctionName));

/** Starts the template's SQS event source mappings. */
export function connectQueues(options: {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly aws: AwsFront;
  readonly region: string;
  readonly log: (source: string, line: string) => void;
}): QueueSource[] {
  const { resources, intrinsics, functions, aws, region, log } = options;
  const queues = resources.ofType('AWS::SQS::Queue').map((queue) => ({
    arn: intrinsics.resolve({ 'Fn::GetAtt': [queue.logicalId, 'Arn'] }, queue.stack),
    url: String(intrinsics.resolve({ Ref: queue.logicalId }, queue.stack)),
  }));
  return mappings(resources, intrinsics).map((mapping) => {
    const fn = functions.get(mapping.FunctionName);
    const queue = queues.find(({ arn }) => arn === mapping.EventSourceArn);
    if (fn === undefined || queue === undefined) {
      throw new Error(
        `The event source ${mapping.EventSourceArn} → ${mapping.FunctionName} leads nowhere in the stage.`,
      );
    }
    return new QueueSource({
      queue: aws.consume(queue.url),
      region,
      fn,
      queueArn: mapping.EventSourceArn,
      batchSize: mapping.BatchSize,
      windowMs: mapping.MaximumBatchingWindowInSeconds * 1000,
      maxConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? 1000,
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      log: (line) => log(fn.options.path, line),
    });
  });
}
