import * as z from 'zod';
import { type SortedResources } from '../template/resource-types.ts';
import { type RedisServer, type RedisUser, startRedis } from './redis-server.ts';

const userSchema = z.looseObject({
  UserName: z.string(),
  AccessString: z.string(),
  AuthenticationMode: z.looseObject({
    Type: z.literal('iam', { error: 'the local Redis knows IAM users only' }),
  }),
});

/** Starts Redis for the template's serverless cache, with its users; a template without a cache needs none. */
export async function startCache(resources: SortedResources): Promise<RedisServer | undefined> {
  const [cache, ...others] = resources.ofType('AWS::ElastiCache::ServerlessCache');
  if (cache === undefined) {
    return undefined;
  }
  if (others.length > 0) {
    throw new Error(`The local stage runs one cache; the template has ${others.length + 1}.`);
  }
  return await startRedis(resources.ofType('AWS::ElastiCache::User').map(toUser));
}

/** Names and access strings come before any endpoint is known, so they must be plain texts. */
function toUser({
  stack,
  logicalId,
  type,
  properties,
}: ReturnType<SortedResources['ofType']>[number]): RedisUser {
  const user = userSchema.safeParse(properties);
  if (!user.success) {
    throw new Error(`${type} ${stack}/${logicalId}: ${z.prettifyError(user.error)}`);
  }
  return { name: user.data.UserName, accessString: user.data.AccessString };
}
