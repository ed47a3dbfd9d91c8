import { ArnFormat, Duration, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { notifyEnv } from '../../functions/foundation/env.ts';
import { services } from '../../functions/promises.ts';
import { AsyncRetries } from '../constructs/async-retries.ts';
import { Cache } from '../constructs/cache.ts';
import { Network } from '../constructs/network.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { TeamTopics } from '../constructs/team-topics.ts';
import { runbookUrl } from '../config.ts';
import type { Stage } from '../stage.ts';
import { type NotificationTargets, teams } from '../teams.ts';
import { OwnedStack } from './owned-stack.ts';

/** What every service stands on: the network, the cache, and the way from an alarm to people. */
export class FoundationStack extends OwnedStack {
  readonly cache: Cache;
  readonly topics: TeamTopics;
  /**
   * What CloudFront sends to origins as `x-fanfare-edge`, so that they believe its word about the viewer. The random part of this stack's id: known inside the
   * account, costs nothing. See docs/adr/0012-edge-token.md.
   */
  readonly edgeToken: string;

  constructor(scope: Construct, stage: Stage) {
    super(scope, services.foundation, stage);
    this.topics = new TeamTopics(this, 'AlarmTopics', { notify: this.notify() });
    this.cache = new Cache(this, 'Cache', new Network(this, 'Network'));
    this.edgeToken = Fn.select(2, Fn.split('/', this.stackId));
  }

  private notify(): OwnedFunction {
    const secretName = `fanfare/${this.deploymentStage}/notify`;
    const notify = new OwnedFunction(this, 'Notify', {
      name: 'notify',
      description: 'Brings an alarm to the chat and the pager of its team, in words',
      memoryMb: 256,
      timeout: Duration.seconds(30),
      schema: notifyEnv,
      environment: {
        STAGE_NAME: this.deploymentStage,
        NOTIFY_SECRET_NAME: secretName,
        NOTIFY_TARGETS: JSON.stringify(
          Object.fromEntries(
            Object.entries(teams).map(
              ([
                name,
                {
                  notify: { page, ticket },
                },
              ]) => [name, { page: channelsOf(page), ticket: channelsOf(ticket) }],
            ),
          ),
        ),
        PAGERDUTY_EVENTS_URL: 'https://events.pagerduty.com/v2/enqueue',
        RUNBOOK_URL: runbookUrl,
      },
    });
    notify.grant(
      ['secretsmanager:GetSecretValue'],
      // Secrets Manager ends the name with six characters of its own.
      [
        this.formatArn({
          service: 'secretsmanager',
          resource: 'secret',
          resourceName: `${secretName}-??????`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    );
    new AsyncRetries(this, 'NotifyRetries', { fn: notify, maxEventAge: Duration.hours(6) });
    return notify;
  }
}

/** What `notify` serves; e-mails are SNS’ own. */
const channelsOf = ({ chat, pagerDuty }: NotificationTargets): Omit<NotificationTargets, 'emails'> => ({
  ...(chat === undefined ? {} : { chat }),
  ...(pagerDuty === undefined ? {} : { pagerDuty }),
});
