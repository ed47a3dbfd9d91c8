import { type Assembly, at, listAt, type Resource } from '../assembly.ts';
import type { Finding } from '../finding.ts';
import type { Synthesized } from '../synthesized.ts';

/** What a function gets from somebody who does not wait for its answer is set aside when it failed for good. */
export function checkAsynchronous(synthesized: Synthesized): Finding[] {
  const { assembly } = synthesized;
  const setAside = new Set(
    assembly
      .ofType('AWS::Lambda::EventInvokeConfig')
      .filter((each) => at(each.properties, 'DestinationConfig', 'OnFailure', 'Destination') !== undefined)
      .flatMap((each) => assembly.functionsBehind(each, each.properties['FunctionName'])),
  );
  return [...invokersOf(assembly)].flatMap(([fn, invoker]): Finding[] =>
    setAside.has(fn)
      ? []
      : [
          {
            rule: 'asynchronous-without-failure-destination',
            construct: fn.path,
            problem: `The function ${fn.path} is invoked by ${invoker.path}, which does not wait for it: an event that failed three times would be lost.`,
            mend: `Give it AsyncRetries (lib/constructs/async-retries.ts), which keep such events, in ${synthesized.fileOf(fn)}.`,
          },
        ],
  );
}

/** What invokes which function asynchronously. A schedule is not among them: the next tick repeats what the last one missed, and an event does not come again. */
function invokersOf(assembly: Assembly): ReadonlyMap<Resource, Resource> {
  const invokers = new Map<Resource, Resource>();
  const add = (invoker: Resource, target: unknown): void => {
    for (const fn of assembly.functionsBehind(invoker, target)) {
      invokers.set(fn, invoker);
    }
  };
  for (const bucket of assembly.ofType('AWS::S3::Bucket')) {
    for (const each of listAt(bucket.properties, 'NotificationConfiguration', 'LambdaConfigurations')) {
      add(bucket, at(each, 'Function'));
    }
  }
  for (const notifications of assembly.ofType('Custom::S3BucketNotifications')) {
    const path = ['NotificationConfiguration', 'LambdaFunctionConfigurations'];
    for (const each of listAt(notifications.properties, ...path)) {
      add(notifications, at(each, 'LambdaFunctionArn'));
    }
  }
  for (const subscription of assembly.ofType('AWS::SNS::Subscription')) {
    if (subscription.properties['Protocol'] === 'lambda') {
      add(subscription, subscription.properties['Endpoint']);
    }
  }
  for (const rule of assembly.ofType('AWS::Events::Rule')) {
    if (rule.properties['EventPattern'] !== undefined) {
      for (const each of listAt(rule.properties, 'Targets')) {
        add(rule, at(each, 'Arn'));
      }
    }
  }
  return invokers;
}
