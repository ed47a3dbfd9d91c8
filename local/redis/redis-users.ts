import * as z from 'zod';
import type { SortedResources } from '../template/resource-types.ts';
import type { RedisUser } from './redis-server.ts';

const userSchema = z.looseObject({
  UserName: z.string(),
  AccessString: z.string(),
  AuthenticationMode: z.looseObject({
    Type: z.literal('iam', { error: 'the local Redis knows IAM users only' }),
  }),
});

/** The cache's users, as the template declares them. */
export const redisUsers = (resources: SortedResources): RedisUser[] =>
  resources.ofType('AWS::ElastiCache::User').map(({ properties }) => {
    const user = userSchema.parse(properties);
    return { name: user.UserName, accessString: user.AccessString };
  });
