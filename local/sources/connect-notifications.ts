import * as z from 'zod';
import type { AwsFront } from '../aws/aws-front.ts';
import type { Faults } from '../faults.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import { type AsyncOptions, invokeAsync } from './async-invoker.ts';
import { matches, type NotificationRule, toS3Event } from './object-notifications.ts';

const notificationsSchema = z.looseObject({
  BucketName: z.string(),
  NotificationConfiguration: z.strictObject(
    {
      LambdaFunctionConfigurations: z.array(
        z.looseObject({
          Events: z.array(z.string()),
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
  readonly optionsOf: (functionName: string) => AsyncOptions;
  readonly region: string;
  readonly account: string;
  readonly log: (source: string, line: string) => void;
}): void {
  const { functions, aws, faults, optionsOf, region, account, log } = options;
  const rules = readRules(options.resources, options.intrinsics);
  const deliver = (rule: NotificationRule, event: unknown): void => {
    const name = rule.functionArn.split(':').at(-1) ?? '';
    const fn = functions.get(name);
    if (fn === undefined) {
      throw new Error(
        `The bucket ${rule.bucket} notifies ${rule.functionArn}, which is nowhere in the stage.`,
      );
    }
    invokeAsync(fn, event, optionsOf(name)).catch((error: unknown) =>
      log('stage', `S3 event: ${String(error)}`),
    );
  };
  aws.onObjectCreated((created) => {
    for (const rule of rules.filter((each) => matches(each, created))) {
      void faults.disturb(created, (each) => deliver(rule, toS3Event(each, region, account)));
    }
  });
}

function readRules(resources: SortedResources, intrinsics: Intrinsics): NotificationRule[] {
  return resources.ofType('Custom::S3BucketNotifications').flatMap((resource) => {
    const { BucketName, NotificationConfiguration } = notificationsSchema.parse(
      intrinsics.properties(resource),
    );
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
