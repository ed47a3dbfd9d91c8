import { describe, expect, it } from 'vitest';
import { AStage } from './a-stage.ts';

describe('a synthesis in which everything is owned, promised and alarmed', () => {
  it('has no finding', () => {
    expect(new AStage().check()).toEqual([]);
  });
});
