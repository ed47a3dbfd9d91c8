import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';

/** Every alarm looks at whole minutes. */
export const alarmPeriod = Duration.minutes(1);

export interface RunbookAlarmProps {
  /** Also its heading in docs/runbook.md, after the service's name. */
  readonly name: string;
  /** What people notice while it is in alarm, in one sentence. */
  readonly impact: string;
  readonly metric: IMetric;
  /** In alarm at this value and above. */
  readonly threshold: number;
  /** So many minutes one after another. @default 1 */
  readonly minutes?: number;
  readonly topic: ITopic;
}

/** An alarm that tells the owning team what is felt and where it says what to do. */
export class RunbookAlarm extends Construct {
  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const { service, deploymentStage } = OwnedStack.owning(this);
    const heading = `${service.name}-${props.name}`;
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: `fanfare-${deploymentStage}-${heading}`,
      alarmDescription: `${props.impact} Runbook: docs/runbook.md#${heading}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.minutes ?? 1,
      // SQS is silent only about queues that have been empty and untouched for hours, API Gateway about minutes without requests.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(props.topic));
    alarm.addOkAction(new SnsAction(props.topic));
  }
}
