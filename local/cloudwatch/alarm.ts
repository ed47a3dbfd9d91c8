import type { AlarmState } from './alarm-state.ts';
import type { CompositeRule } from './composite-rule.ts';
import type { Evidence, ThresholdRule } from './metric-alarm.ts';
import type { MetricId, MetricStore } from './metric-store.ts';

interface CommonAlarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly actionsEnabled: boolean;
  /** ARNs of topics, by the state that an alarm changes to. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Those that go out with its notifications and events; undefined when none do. */
  readonly sentTags: Readonly<Record<string, string>> | undefined;
}

/** One entry of a metric alarm, as notifications and events show it. */
export interface AlarmMetric {
  readonly id: string;
  readonly label: string | undefined;
  readonly returnData: boolean;
  readonly source:
    | { readonly kind: 'metric'; readonly metric: MetricId; readonly stat: string }
    | { readonly kind: 'expression'; readonly expression: string };
}

export interface MetricAlarm extends CommonAlarm {
  readonly kind: 'metric';
  readonly rule: ThresholdRule;
  readonly metrics: readonly AlarmMetric[];
  /** In the simple form of the template, with one metric and no id; the messages differ. */
  readonly isSimple: boolean;
  /** The metrics of which it needs single values. */
  readonly valued: readonly MetricId[];
  /** How far back it looks, in minutes. */
  readonly lookBackMinutes: number;
  /** What was measured before the minute `end`. */
  readonly read: (store: MetricStore, end: number, at: number) => Evidence;
}

export interface CompositeAlarm extends CommonAlarm {
  readonly kind: 'composite';
  /** As in the template. */
  readonly text: string;
  readonly rule: CompositeRule;
  /** Names of the alarms in the rule. */
  readonly children: readonly string[];
  /** The name of the alarm that the rule calls `child`. */
  readonly nameOf: (child: string) => string;
}

export type Alarm = MetricAlarm | CompositeAlarm;
