import type { Alarm } from '../../../local/cloudwatch/alarm.ts';
import { readAlarms } from '../../../local/cloudwatch/read-alarms.ts';
import { loadAssembly } from '../../../local/template/assembly.ts';
import { identify } from '../../../local/template/identities.ts';
import { Intrinsics } from '../../../local/template/intrinsics.ts';
import { sortResources } from '../../../local/template/resource-types.ts';
import { type Json, type StackOf, writeAssembly } from '../stage/assembly-fixture.ts';

const place = { account: '000000000000', region: 'eu-west-1' };

/** The alarms of a template with these resources, as the stage reads them. */
export async function alarmsOf(resources: StackOf['resources']): Promise<Alarm[]> {
  const assembly = await loadAssembly(await writeAssembly({ small: { resources } }));
  const intrinsics = new Intrinsics(assembly, {
    ...place,
    identify: (resource) =>
      identify(resource, {
        ...place,
        awsEndpoint: 'http://127.0.0.1:1',
        site: '127.0.0.1:2',
        apiEndpoint: () => 'http://127.0.0.1:3',
        redis: undefined,
      }),
  });
  return readAlarms(sortResources(assembly), intrinsics);
}

/** An alarm on the sum of `made` in namespace `Small` being 1 or more in a minute. */
export const metricAlarm = (
  name: string,
  properties: { readonly [key: string]: Json } = {},
): StackOf['resources'][string] => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: name,
    Namespace: 'Small',
    MetricName: 'made',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    ...properties,
  },
});

/** An alarm on the result of expressions over the metrics `asked` and `made`. */
export const mathAlarm = (
  expressions: Readonly<Record<string, string>>,
  properties: { readonly [key: string]: Json } = {},
): StackOf['resources'][string] => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'math',
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    Metrics: [
      ...Object.entries(expressions).map(([Id, Expression], index) => ({
        Id,
        Expression,
        ReturnData: index === 0,
      })),
      ...['asked', 'made'].map((Id) => ({
        Id,
        ReturnData: false,
        MetricStat: { Metric: { Namespace: 'Small', MetricName: Id }, Period: 60, Stat: 'Sum' },
      })),
    ],
    ...properties,
  },
});

export const compositeAlarm = (
  name: string,
  rule: Json,
  properties: { readonly [key: string]: Json } = {},
): StackOf['resources'][string] => ({
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: { AlarmName: name, AlarmRule: rule, ...properties },
});
