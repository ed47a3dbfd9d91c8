import type { Redis, RedisClient } from '../../../functions/kernel/redis.ts';

/** Redis, to a worker that may die at any command, in a pipeline too: `trip` is told its name before it is sent, and throws to die there. */
export const trippingRedis = (real: RedisClient, trip: (command: string) => void): Redis => ({
  use: async (work) =>
    work(
      new Proxy(real, {
        get: (client, name) => {
          const member: unknown = Reflect.get(client, name);
          if (typeof member !== 'function' || name === 'nodes') {
            return member;
          }
          return (...args: unknown[]): unknown => {
            if (name === 'pipeline') {
              return pipelineOf(client, args[0], trip);
            }
            try {
              trip(String(name));
            } catch (error) {
              // As a command fails: those that are sent beside it are still waited for.
              return Promise.reject(error);
            }
            return Reflect.apply(member, client, args);
          };
        },
      }),
    ),
});

/** Of which as much reaches Redis as comes before the death. */
function pipelineOf(client: RedisClient, sent: unknown, trip: (command: string) => void) {
  const commands: unknown[][] = Array.isArray(sent) ? sent : [];
  for (const [index, [command]] of commands.entries()) {
    try {
      trip(String(command));
    } catch (error) {
      return {
        exec: async () => {
          await client.pipeline(commands.slice(0, index)).exec();
          throw error;
        },
      };
    }
  }
  return client.pipeline(commands);
}
