import * as z from 'zod';
import type { AwsFront } from '../aws/aws-front.ts';
import type { Faults } from '../faults.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { AsyncInvoker } from './async-invoker.ts';
import { matches, type NotificationRule, toS3Event } from './object-notifications.ts';

const notificationsSchema = z.looseObject({
  BucketName: z.string(),
  NotificationConfiguration: z.strictObject(
    {
      LambdaFunctionConfigurations: z.array(
        z.looseObject({
          Events: z.array(
            z
              .string()
              .startsWith('s3:ObjectCreated:', 'the local stage knows events of created objects only'),
          ),
          LambdaFunctionArn: z.string(),
          Filter: z
            .looseObject({
              Key: z.looseObject({
                FilterRules: z.array(z.looseObject({ Name: z.string(), Value: z.string() })),
              }),
            })
            .optional(),
        }),
      ),
    },
    { error: 'the local stage knows notifications to functions only' },
  ),
});

/** Invokes functions for created objects, as the buckets' notification configurations say. */
export function connectNotifications(options: {
  readonly resources: SortedResources;
  readonly intrinsics: Intrinsics;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly aws: AwsFront;
  readonly faults: Faults;
  readonly asyncInvoker: AsyncInvoker;
  readonly region: string;
  readonly account: string;
}): void {
  const { functions, aws, faults, asyncInvoker, region, account } = options;
  const rules = readRules(options.resources, options.intrinsics);
  const targets = rules.map((rule) => {
    const fn = functions.get(rule.functionArn.split(':').at(-1) ?? '');
    if (fn === undefined) {
      throw new Error(
        `The bucket ${rule.bucket} notifies ${rule.functionArn}, which is nowhere in the stage.`,
      );
    }
    return { rule, fn };
  });
  aws.onObjectCreated((created) => {
    for (const { fn } of targets.filter(({ rule }) => matches(rule, created))) {
      void faults.disturb(() => asyncInvoker.invoke(fn, toS3Event(created, region, account)));
    }
  });
}

function readRules(resources: SortedResources, intrinsics: Intrinsics): NotificationRule[] {
  return resources.ofType('Custom::S3BucketNotifications').flatMap((resource) => {
    const { BucketName, NotificationConfiguration } = intrinsics.parse(resource, notificationsSchema);
    return NotificationConfiguration.LambdaFunctionConfigurations.map((configuration) => {
      const filters = configuration.Filter?.Key.FilterRules ?? [];
      const filter = (name: string): string =>
        filters.find(({ Name }) => Name.toLowerCase() === name)?.Value ?? '';
      return {
        bucket: BucketName,
        events: configuration.Events,
        prefix: filter('prefix'),
        suffix: filter('suffix'),
        functionArn: configuration.LambdaFunctionArn,
      };
    });
  });
}
