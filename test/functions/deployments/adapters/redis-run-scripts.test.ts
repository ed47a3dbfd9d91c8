import { afterAll, beforeAll, expect, it } from 'vitest';
import { runScripts } from '../../../../functions/deployments/adapters/redis-run-scripts.ts';
import { addScript } from '../../../../functions/deployments/adapters/redis-scripts.ts';
import { redisSlot } from '../../../../functions/kernel/redis-slot.ts';
import type { RedisClient } from '../../../../functions/kernel/redis.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';

let test: TestRedis;
beforeAll(async () => {
  test = await startTestRedis();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const key = (name: string): string => `deployments:{${name}}:set`;
const calls = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
  script: addScript,
  keys: [key(name)] as const,
  args: [60, name],
}));

/** The one Redis as two nodes, each of which has every second slot. */
function asTwoNodes(sent: string[][]): RedisClient {
  const slots = Array.from({ length: 16_384 }, (_, slot) => [slot % 2 === 0 ? 'even' : 'odd']);
  return new Proxy(test.client, {
    get: (client, name) => {
      if (name === 'nodes') {
        return () => ['even', 'odd'];
      }
      if (name === 'slots') {
        return slots;
      }
      const member: unknown = Reflect.get(client, name);
      return (...args: unknown[]): unknown => {
        if (name === 'pipeline' && Array.isArray(args[0])) {
          sent.push(args[0].map((command: unknown[]) => String(command[3])));
        }
        return typeof member === 'function' ? Reflect.apply(member, client, args) : member;
      };
    },
  });
}

it('scripts of many slots go in one pipeline a node', async () => {
  const sent: string[][] = [];
  await runScripts(asTwoNodes(sent), calls);
  expect(sent.flat().toSorted()).toEqual(calls.map(({ keys: [each] }) => each));
  expect(sent).toHaveLength(2);
  for (const keys of sent) {
    expect(new Set(keys.map((each) => redisSlot(each) % 2)).size).toBe(1);
  }
  expect(await test.client.smembers(key('e'))).toEqual(['e']);
});

it('a script that fails is told of, and the others have run', async () => {
  const [first, ...others] = calls;
  await test.client.set(key('a'), 'no set');
  await expect(runScripts(test.client, first === undefined ? [] : [...others, first])).rejects.toThrow(
    'WRONGTYPE',
  );
});
