import { Aws, Fn } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { CfnServerlessCache, CfnUser, CfnUserGroup } from 'aws-cdk-lib/aws-elasticache';
import { Construct } from 'constructs';
import { promiseDocuments } from '../../functions/promises.ts';
import type { StageConfig } from '../config.ts';
import { documentOf, stackFileOf } from '../ownership/finding.ts';
import { NotOwned } from '../ownership/not-owned.ts';
import { OwnedStack } from '../stacks/owned-stack.ts';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import type { CacheAccess } from './cache-access.ts';
import type { Network } from './network.ts';

/**
 * What a service may do in the cache: data commands on keys that begin with its name, and what a cluster client needs to connect. No administration, no
 * listing of keys. The syntax is that of Redis' ACLs, which ElastiCache shares.
 */
export const accessString = (service: string): string =>
  [
    `on ~${service}:* -@all +@connection -@dangerous`,
    '+@string +@hash +@set +@sortedset +@stream +del +unlink +exists +type +expire +pexpire +ttl +pttl',
    '+eval +evalsha +script|load +script|exists',
    '+command +info +cluster|slots +cluster|shards +cluster|nodes +cluster|info',
  ].join(' ');

/** The services that depend on the cache: each has its own user, who sees only keys that begin with the service's name. */
export const cacheTenants = (documents: readonly PromiseDocument[]): string[] =>
  documents
    .filter(({ dependsOn }) =>
      dependsOn.some(
        ({ on }) => 'promise' in on && on.service === 'foundation' && on.promise === 'cache-answers',
      ),
    )
    .map(({ service }) => service);

/**
 * ElastiCache Serverless for Valkey, shared by the services, with one IAM-authenticated user for each. A Valkey user group takes only users who
 * authenticate and needs no `default` user, so there is none.
 */
export class Cache extends Construct {
  readonly name: string;
  private readonly tenants: readonly string[];
  private readonly endpoint: string;
  private readonly network: Network;
  /** Beyond these it refuses. */
  readonly limits: StageConfig['cacheLimits'];

  constructor(scope: Construct, id: string, network: Network) {
    super(scope, id);
    const { config, deploymentStage } = OwnedStack.owning(this);
    this.name = `fanfare-${deploymentStage}`;
    this.network = network;
    this.limits = config.cacheLimits;

    this.tenants = cacheTenants(promiseDocuments);
    const users = this.tenants.map(
      (service) =>
        new CfnUser(this, `User-${service}`, {
          engine: 'valkey',
          // IAM authentication demands that both are equal and lower case.
          userId: this.userName(service),
          userName: this.userName(service),
          authenticationMode: { Type: 'iam' },
          accessString: accessString(service),
        }),
    );
    const group = new CfnUserGroup(this, 'Users', {
      engine: 'valkey',
      userGroupId: this.name,
      userIds: users.map((user) => user.ref),
    });
    const cache = new CfnServerlessCache(this, 'Cache', {
      engine: 'valkey',
      majorEngineVersion: '8',
      serverlessCacheName: this.name,
      description: 'Projections of what lies in S3: it may be lost at any moment',
      subnetIds: network.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
      securityGroupIds: [network.cache.securityGroupId],
      userGroupId: group.ref,
      cacheUsageLimits: {
        dataStorage: { unit: 'GB', maximum: config.cacheLimits.storageGb },
        ecpuPerSecond: { maximum: config.cacheLimits.ecpuPerSecond },
      },
    });
    this.endpoint = Fn.join('', ['rediss://', cache.attrEndpointAddress, ':', cache.attrEndpointPort]);
  }

  /** A metric of the cache itself. */
  metric(metricName: string, options: MetricOptions): Metric {
    return new Metric({
      ...options,
      namespace: 'AWS/ElastiCache',
      metricName,
      dimensionsMap: { clusterId: this.name },
    });
  }

  /** What a function of `service` needs to use the cache. */
  accessFor(service: string): CacheAccess {
    if (!this.tenants.includes(service)) {
      throw new NotOwned([
        {
          rule: 'undeclared-dependency',
          construct: this.node.path,
          problem: `${service} uses foundation and does not say so: it asks for ${this.node.path}.`,
          mend: `Add { service: 'foundation', promise: 'cache-answers' } to dependsOn in ${documentOf(service)}, with what happens when it is broken and what steps in; or take the cache out of ${stackFileOf(service)}.`,
        },
      ]);
    }
    const userName = this.userName(service);
    const arn = (resource: string): string =>
      `arn:${Aws.PARTITION}:elasticache:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
    return {
      vpc: this.network.vpc,
      securityGroup: this.network.clients,
      connectTo: [arn(`serverlesscache:${this.name}`), arn(`user:${userName}`)],
      environment: { REDIS_ENDPOINT: this.endpoint, REDIS_CACHE_NAME: this.name, REDIS_USER_NAME: userName },
    };
  }

  private readonly userName = (service: string): string => `${this.name}-${service}`;
}
