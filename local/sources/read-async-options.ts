import * as z from 'zod';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { AsyncOptions } from './async-invoker.ts';

const configSchema = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.int().default(2),
  MaximumEventAgeInSeconds: z.int().default(21_600),
  DestinationConfig: z
    .looseObject({
      OnFailure: z
        .looseObject({
          Destination: z.string().regex(/^arn:aws:sqs:/u, 'the local stage knows SQS destinations only'),
        })
        .optional(),
    })
    .optional(),
});

/** How each function's asynchronous invocations are retried, by function name. */
export function readAsyncOptions(
  resources: SortedResources,
  intrinsics: Intrinsics,
  send: (queueArn: string, record: unknown) => Promise<void>,
): Map<string, AsyncOptions> {
  return new Map(
    resources.ofType('AWS::Lambda::EventInvokeConfig').map((resource) => {
      const config = configSchema.parse(intrinsics.properties(resource));
      const destination = config.DestinationConfig?.OnFailure?.Destination;
      return [
        config.FunctionName,
        {
          maxRetries: config.MaximumRetryAttempts,
          maxAgeMs: config.MaximumEventAgeInSeconds * 1000,
          ...(destination === undefined ? {} : { onFailure: (record: unknown) => send(destination, record) }),
        },
      ];
    }),
  );
}
