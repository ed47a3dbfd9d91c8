import {
  type CfnAlarm,
  Alarm,
  ComparisonOperator,
  type IMetric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { alarmHeading, alarmName, type Severity } from '../../functions/contracts/alarm-name.ts';
import { headingAnchor } from '../../functions/contracts/place-links.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';

/** What is to be watched, before it is a resource. */
export interface AlarmPlan {
  readonly subject: string;
  /** @default the subject has one alarm */
  readonly part?: string;
  readonly severity: Severity;
  /** What it means, in one sentence. */
  readonly means: string;
  /** The promises that are in danger. */
  readonly promises: readonly string[];
  readonly metric: IMetric;
  /** @default at the threshold and above */
  readonly comparison?: ComparisonOperator;
  readonly threshold: number;
  /** In alarm when `breaching` of the last `of` periods are. */
  readonly breaching: number;
  readonly of: number;
  /** Chosen on purpose for each, with the reason. */
  readonly missing: TreatMissingData;
  /** In alarm only together with this other part of the same subject. @default by itself */
  readonly andPart?: string;
}

/** One metric alarm. It tells nobody by itself: the service's composites do, of which it is evidence. */
export class ServiceAlarm extends Construct {
  readonly alarm: Alarm;
  readonly plan: AlarmPlan;

  constructor(scope: Construct, id: string, plan: AlarmPlan) {
    super(scope, id);
    this.plan = plan;
    const { service, deploymentStage } = OwnedStack.owning(this);
    const name = { stage: deploymentStage, service: service.service, subject: plan.subject };
    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: alarmName({ ...name, ...(plan.part === undefined ? {} : { part: plan.part }) }),
      alarmDescription: describe(plan, alarmHeading(name)),
      metric: plan.metric,
      threshold: plan.threshold,
      comparisonOperator: plan.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: plan.of,
      datapointsToAlarm: plan.breaching,
      treatMissingData: plan.missing,
    });
    tagAlarm(this.alarm, plan.severity, plan.promises);
  }
}

const describe = ({ means, promises }: AlarmPlan, heading: string): string =>
  [
    means,
    ...(promises.length === 0 ? [] : [`In danger: ${promises.join(', ')}.`]),
    `Runbook: docs/runbook.md#${headingAnchor(heading)}`,
  ].join(' ');

/** What the alarm's events and notifications carry, beside whom it belongs to: they are routed by it. */
export function tagAlarm(alarm: Construct, severity: Severity, promises: readonly string[]): void {
  Tags.of(alarm).add('Severity', severity);
  if (promises.length > 0) {
    // Of what a tag's value may hold, the space separates best.
    Tags.of(alarm).add('Promise', promises.join(' '));
  }
  const resource = alarm.node.defaultChild;
  if (resource !== undefined && 'actionConfiguration' in resource) {
    resource.actionConfiguration = {
      alarmTagsPropagation: { enabled: true },
    } satisfies CfnAlarm.ActionConfigurationProperty;
  }
}
