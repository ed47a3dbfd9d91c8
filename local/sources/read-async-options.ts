import * as z from 'zod';
import { followed } from '../template/followed.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { AsyncOptions } from './async-invoker.ts';

const configSchema = followed({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST', { error: 'the local stage knows no versions' }),
  MaximumRetryAttempts: z.int().default(2),
  MaximumEventAgeInSeconds: z.int().default(21_600),
  DestinationConfig: z
    .strictObject(
      {
        OnFailure: z
          .looseObject({
            Destination: z.string().regex(/^arn:aws:sqs:/u, 'the local stage knows SQS destinations only'),
          })
          .optional(),
      },
      { error: 'the local stage knows destinations of failures only' },
    )
    .optional(),
});

/** Lambda's own, for a function without an `EventInvokeConfig`. */
const defaults: AsyncOptions = { maxRetries: 2, maxAgeMs: 21_600_000 };

/** How each function's asynchronous invocations are retried, by function name. */
export function readAsyncOptions(
  resources: SortedResources,
  intrinsics: Intrinsics,
): (functionName: string) => AsyncOptions {
  const configured = new Map(
    resources.ofType('AWS::Lambda::EventInvokeConfig').map((resource): [string, AsyncOptions] => {
      const config = intrinsics.parse(resource, configSchema);
      const destination = config.DestinationConfig?.OnFailure?.Destination;
      return [
        config.FunctionName,
        {
          maxRetries: config.MaximumRetryAttempts,
          maxAgeMs: config.MaximumEventAgeInSeconds * 1000,
          ...(destination === undefined ? {} : { onFailureQueueArn: destination }),
        },
      ];
    }),
  );
  return (functionName) => configured.get(functionName) ?? defaults;
}
