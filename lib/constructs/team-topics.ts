import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type Team, type TeamName, teamNames, teams } from '../teams.ts';

/**
 * An alarm topic for each team. Not encrypted with a key of ours: CloudWatch cannot publish under the AWS-managed key, a key that lets it costs $1 a month
 * for each, and an alarm's text is no secret. SNS encrypts its disks anyway.
 */
export class TeamTopics extends Construct {
  private readonly topics: ReadonlyMap<TeamName, Topic>;

  constructor(scope: Construct, id: string, of: Readonly<Record<TeamName, Team>> = teams) {
    super(scope, id);
    this.topics = new Map(teamNames.map((name) => [name, this.create(name, of[name])]));
  }

  /** Where alarms of what `team` owns go. */
  of(team: TeamName): ITopic {
    const topic = this.topics.get(team);
    if (topic === undefined) {
      throw new Error(`There is no alarm topic for the team ${team}.`);
    }
    return topic;
  }

  private create(name: TeamName, team: Team): Topic {
    const topic = new Topic(this, name, { displayName: `Fanfare alarms: ${name}`, enforceSSL: true });
    // A topic with a policy of its own loses the default one, which let the account's alarms publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    for (const address of team.alarmEmails) {
      topic.addSubscription(new EmailSubscription(address));
    }
    return topic;
  }
}
