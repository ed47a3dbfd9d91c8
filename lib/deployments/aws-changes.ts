import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { takeAwsEnv } from '../../functions/deployments/env.ts';
import { AsyncRetries } from '../constructs/async-retries.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import type { PrivateBucket } from '../constructs/private-bucket.ts';
import type { WorkQueue } from '../constructs/work-queue.ts';

export interface AwsChangesProps {
  readonly queue: WorkQueue;
  /** Has the service directory. */
  readonly work: PrivateBucket;
}

/** What of AWS' own events is taken, by the rule's id. CloudFormation and CodeDeploy send theirs by themselves; of Lambda’s calls CloudTrail tells, where there is a trail. */
const patterns: Readonly<Record<string, EventPattern>> = {
  AlarmsOff: {
    source: ['aws.cloudwatch'],
    detailType: ['CloudWatch Alarm State Change'],
    detail: { state: { value: ['ALARM'] } },
  },
  // A new alarm changes to OK with its first data: nothing was broken.
  AlarmsOver: {
    source: ['aws.cloudwatch'],
    detailType: ['CloudWatch Alarm State Change'],
    detail: {
      state: { value: ['OK'] },
      previousState: { reason: [{ 'anything-but': { prefix: 'Unchecked:' } }] },
    },
  },
  Stacks: {
    source: ['aws.cloudformation'],
    detailType: ['CloudFormation Stack Status Change'],
    detail: {
      'status-details': {
        status: [
          'CREATE_COMPLETE',
          'UPDATE_COMPLETE',
          'UPDATE_ROLLBACK_IN_PROGRESS',
          'UPDATE_ROLLBACK_COMPLETE',
          'DELETE_COMPLETE',
        ],
      },
    },
  },
  CodeDeploy: {
    source: ['aws.codedeploy'],
    detailType: ['CodeDeploy Deployment State-change Notification'],
  },
  Functions: {
    source: ['aws.lambda'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['lambda.amazonaws.com'],
      eventName: ['UpdateAlias20150331', 'PublishVersion20150331', 'UpdateFunctionCode20150331v2'],
    },
  },
};

/** Deployments and incidents that AWS itself tells of: nothing has to be built into what is deployed. */
export class AwsChanges extends Construct {
  constructor(scope: Construct, id: string, { queue, work }: AwsChangesProps) {
    super(scope, id);
    const fn = new OwnedFunction(this, 'TakeAws', {
      name: 'take-aws',
      description: 'Translates AWS’ own events of deployments and alarms, and queues them',
      memoryMb: 512,
      timeout: Duration.seconds(20),
      schema: takeAwsEnv,
      environment: {
        WORK_BUCKET_NAME: work.bucket.bucketName,
        EVENTS_QUEUE_URL: queue.queue.queueUrl,
      },
    });
    work.allow(fn, 'directory/', 'read');
    queue.allowSending(fn);
    this.allowAskingCodeDeploy(fn);
    for (const [name, eventPattern] of Object.entries(patterns)) {
      new Rule(this, name, {
        description: `Tells ${fn.name}`,
        eventPattern,
        targets: [new LambdaFunction(fn.lambda)],
      });
    }
    new AsyncRetries(this, 'Retries', { fn, maxEventAge: Duration.hours(6) });
  }

  /** CodeDeploy's events do not say which deployment goes back from another. */
  private allowAskingCodeDeploy(fn: OwnedFunction): void {
    const groups = Stack.of(this).formatArn({
      service: 'codedeploy',
      region: '*',
      resource: 'deploymentgroup',
      resourceName: '*',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    fn.grant(['codedeploy:GetDeployment'], [groups]);
    fn.acknowledgePermission(
      'IAM5[Resource::arn:<AWS::Partition>:codedeploy:*:<AWS::AccountId>:deploymentgroup:*]',
      'Whatever CodeDeploy deploys in this account is told of, wherever the bus gets it from; the action reads one deployment and nothing else.',
    );
  }
}
