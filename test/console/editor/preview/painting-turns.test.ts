import { describe, expect, it } from 'vitest';
import { PaintingTurns } from '../../../../console/src/editor/preview/painting-turns.ts';

/** Work that ends when it is told to. */
function heldWork(name: string, log: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return {
    work: async () => {
      log.push(name);
      await promise;
    },
    end: resolve,
    fail: reject,
  };
}

describe('paintings of one canvas', () => {
  it('come one after the other, and of those that wait only the newest', async () => {
    const turns = new PaintingTurns();
    const log: string[] = [];
    const first = heldWork('first', log);
    const one = turns.take(first.work);
    const two = turns.take(async () => {
      log.push('second');
    });
    const three = turns.take(async () => {
      log.push('third');
    });
    await two;
    expect(log).toEqual(['first']);
    first.end();
    await Promise.all([one, three]);
    expect(log).toEqual(['first', 'third']);
  });

  it('go on after one that failed', async () => {
    const turns = new PaintingTurns();
    const log: string[] = [];
    const first = heldWork('first', log);
    const one = turns.take(first.work);
    const two = turns.take(async () => {
      log.push('second');
    });
    first.fail(new Error('no picture'));
    await expect(one).rejects.toThrow('no picture');
    await two;
    expect(log).toEqual(['first', 'second']);
  });
});
