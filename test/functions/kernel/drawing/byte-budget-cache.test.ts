import { describe, expect, it } from 'vitest';
import { ByteBudgetCache } from '../../../../functions/kernel/drawing/byte-budget-cache.ts';

describe('ByteBudgetCache', () => {
  const filled = async (budget: number, ...keys: string[]) => {
    const made: string[] = [];
    const cache = new ByteBudgetCache<string>(budget, (value) => value.length);
    const get = (key: string) =>
      cache.get(key, async () => {
        made.push(key);
        return key.repeat(10);
      });
    for (const key of keys) {
      await get(key);
    }
    return { made, get };
  };

  it('makes each thing once while there is room', async () => {
    const { made } = await filled(30, 'a', 'b', 'c', 'a', 'b', 'c');
    expect(made).toEqual(['a', 'b', 'c']);
  });

  it('forgets what was not asked for longest', async () => {
    const { made } = await filled(20, 'a', 'b', 'a', 'c', 'a', 'b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('answers what is larger than the budget without keeping it', async () => {
    const { made, get } = await filled(5, 'a');
    expect(await get('a')).toBe('aaaaaaaaaa');
    expect(made).toEqual(['a', 'a']);
  });

  it('makes once what is asked for twice at the same time', async () => {
    const { made, get } = await filled(30);
    await Promise.all([get('a'), get('a')]);
    expect(made).toEqual(['a']);
  });

  it('does not keep a failure', async () => {
    const cache = new ByteBudgetCache<string>(10, () => 1);
    await expect(cache.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cache.get('a', async () => 'here')).toBe('here');
  });
});
