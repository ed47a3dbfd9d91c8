import { alarmName } from '../template/identities.ts';
import type { Resource } from '../template/assembly.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './alarm.ts';
import { readMetrics } from './alarm-metrics.ts';
import {
  type CompositeAlarmProperties,
  compositeAlarmSchema,
  type MetricAlarmProperties,
  metricAlarmSchema,
} from './alarm-schema.ts';
import { parseCompositeRule } from './composite-rule.ts';

/** The alarms of the template; a composite one comes after those that its rule names. Throws, with the alarm's name, on whatever the stage cannot follow. */
export function readAlarms(resources: SortedResources, intrinsics: Intrinsics): Alarm[] {
  const arnOf = (resource: Resource): string =>
    String(intrinsics.resolve({ 'Fn::GetAtt': [resource.logicalId, 'Arn'] }, resource.stack));
  const metricAlarms = resources
    .ofType('AWS::CloudWatch::Alarm')
    .map((resource) =>
      named(alarmName(resource), () =>
        toMetricAlarm(alarmName(resource), arnOf(resource), intrinsics.parse(resource, metricAlarmSchema)),
      ),
    );
  const composites = resources.ofType('AWS::CloudWatch::CompositeAlarm').map((resource) => ({
    name: alarmName(resource),
    arn: arnOf(resource),
    properties: intrinsics.parse(resource, compositeAlarmSchema),
  }));
  const all = [...metricAlarms, ...composites];
  const names = new Map(all.flatMap(({ name, arn }) => [[name, name] as const, [arn, name] as const]));
  const twice = all.find(({ name }, index) => all.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) {
    throw new Error(`Two alarms have the name ${twice.name}.`);
  }
  return inOrder(
    metricAlarms,
    composites.map(({ name, arn, properties }) =>
      named(name, () => toCompositeAlarm(name, arn, properties, names)),
    ),
  );
}

function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`The alarm ${name}: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
}

function toMetricAlarm(name: string, arn: string, properties: MetricAlarmProperties): MetricAlarm {
  const { statistic, periodSeconds, ...metrics } = readMetrics(properties);
  const { EvaluationPeriods, DatapointsToAlarm } = properties;
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods) {
    throw new Error(`${DatapointsToAlarm} of ${EvaluationPeriods} data points can never breach`);
  }
  return {
    kind: 'metric',
    name,
    arn,
    ...common(properties),
    ...metrics,
    rule: {
      comparison: properties.ComparisonOperator,
      threshold: properties.Threshold,
      evaluationPeriods: EvaluationPeriods,
      datapointsToAlarm: DatapointsToAlarm,
      treatMissingData: properties.TreatMissingData,
      periodSeconds,
      statistic,
    },
  };
}

function toCompositeAlarm(
  name: string,
  arn: string,
  properties: CompositeAlarmProperties,
  names: ReadonlyMap<string, string>,
): CompositeAlarm {
  const rule = parseCompositeRule(properties.AlarmRule);
  const nameOf = (child: string): string => {
    const found = names.get(child);
    if (found === undefined) {
      throw new Error(`its rule names ${child}, and there is no such alarm`);
    }
    return found;
  };
  return {
    kind: 'composite',
    name,
    arn,
    ...common(properties),
    text: properties.AlarmRule,
    rule,
    children: [...new Set(rule.children.map(nameOf))],
    nameOf,
  };
}

function common(properties: MetricAlarmProperties | CompositeAlarmProperties) {
  const tags = Object.fromEntries(properties.Tags.map(({ Key, Value }) => [Key, Value]));
  const propagation = properties.ActionConfiguration?.AlarmTagsPropagation;
  const isSent = (key: string): boolean =>
    propagation?.IncludedTagKeys?.includes(key) ?? !(propagation?.ExcludedTagKeys ?? []).includes(key);
  return {
    description: properties.AlarmDescription,
    actionsEnabled: properties.ActionsEnabled,
    actions: {
      ALARM: properties.AlarmActions,
      OK: properties.OKActions,
      INSUFFICIENT_DATA: properties.InsufficientDataActions,
    },
    tags,
    sentTags:
      propagation?.Enabled === true
        ? Object.fromEntries(Object.entries(tags).filter(([key]) => isSent(key) && !key.startsWith('aws:')))
        : undefined,
  };
}

/** Children before parents. */
function inOrder(metricAlarms: readonly MetricAlarm[], composites: readonly CompositeAlarm[]): Alarm[] {
  const ordered: CompositeAlarm[] = [];
  const add = (alarm: CompositeAlarm, path: readonly string[]): void => {
    if (path.includes(alarm.name)) {
      throw new Error(`Composite alarms go round in a circle: ${[...path, alarm.name].join(' → ')}.`);
    }
    for (const child of composites.filter(({ name }) => alarm.children.includes(name))) {
      add(child, [...path, alarm.name]);
    }
    if (!ordered.includes(alarm)) {
      ordered.push(alarm);
    }
  };
  for (const alarm of composites) {
    add(alarm, []);
  }
  return [...metricAlarms, ...ordered];
}
