import { Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { Cache } from '../constructs/cache.ts';
import { Network } from '../constructs/network.ts';
import { TeamTopics } from '../constructs/team-topics.ts';
import { services } from '../services.ts';
import { OwnedStack } from './owned-stack.ts';

/** What every service stands on: the network, the cache, and whom alarms go to. */
export class FoundationStack extends OwnedStack {
  readonly cache: Cache;
  readonly alarmTopics: TeamTopics;
  /**
   * What CloudFront sends to origins as `x-fanfare-edge`, so that they believe its word about the viewer. The random part of this stack's id: known inside the
   * account, costs nothing. See docs/adr/0012-edge-token.md.
   */
  readonly edgeToken: string;

  constructor(scope: Construct, stage: Stage) {
    super(scope, services.foundation, stage, 'Fanfare: network, cache and alarm topics');
    this.alarmTopics = new TeamTopics(this, 'AlarmTopics');
    this.cache = new Cache(this, 'Cache', new Network(this, 'Network'));
    this.edgeToken = Fn.select(2, Fn.split('/', this.stackId));
  }
}
