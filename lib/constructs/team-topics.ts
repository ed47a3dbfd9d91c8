import { Aws, Tags } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { alarmTopicName, type Severity } from '../../functions/contracts/alarm-name.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { type Team, type TeamName, teamNames, teams } from '../teams.ts';
import type { OwnedFunction } from './owned-function.ts';

export interface TeamTopicsProps {
  /** Brings an alarm to a team's chat and pager. */
  readonly notify: OwnedFunction;
  /** @default the teams of lib/teams.ts */
  readonly teams?: Readonly<Record<TeamName, Team>>;
}

/**
 * Two alarm topics for each team, one a severity. Not encrypted with a key of ours: CloudWatch cannot publish under the AWS-managed key, a key that lets it
 * costs $1 a month for each, and an alarm's text is no secret. SNS encrypts its disks anyway.
 */
export class TeamTopics extends Construct {
  private readonly topics: ReadonlyMap<TeamName, Readonly<Record<Severity, Topic>>>;

  constructor(scope: Construct, id: string, props: TeamTopicsProps) {
    super(scope, id);
    const of = props.teams ?? teams;
    this.topics = new Map(
      teamNames.map((name) => [
        name,
        {
          page: this.create(name, 'page', of[name], props.notify),
          ticket: this.create(name, 'ticket', of[name], props.notify),
        },
      ]),
    );
  }

  /** Where alarms of what `team` owns go. */
  of(team: string, severity: Severity): ITopic {
    const topics = [...this.topics].find(([name]) => name === team)?.[1];
    if (topics === undefined) {
      throw new Error(`There is no alarm topic for the team “${team}”: add it to lib/teams.ts.`);
    }
    return topics[severity];
  }

  private create(name: TeamName, severity: Severity, team: Team, notify: OwnedFunction): Topic {
    const { deploymentStage } = OwnedStack.owning(this);
    const topic = new Topic(this, `${name}-${severity}`, {
      // Whom it is for is read from the name by whoever gets its messages.
      topicName: alarmTopicName({ stage: deploymentStage, team: name, severity }),
      displayName: `Fanfare ${severity}: ${name}`,
      enforceSSL: true,
    });
    Tags.of(topic).add('Team', name);
    Tags.of(topic).add('Severity', severity);
    // A topic with a policy of its own loses the default one, which let the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const { emails, chat, pagerDuty } = team.notify[severity];
    if (chat !== undefined || pagerDuty !== undefined) {
      topic.addSubscription(new LambdaSubscription(notify.lambda));
    }
    for (const address of emails) {
      topic.addSubscription(new EmailSubscription(address));
    }
    return topic;
  }
}
