import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { RedisEnv } from '../../functions/kernel/redis-env.ts';

/** The right to use the cache as one service, and the place in the network that it takes. */
export interface CacheAccess {
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  /** ARNs that `elasticache:Connect` is needed for. */
  readonly connectTo: readonly string[];
  readonly environment: RedisEnv;
}
