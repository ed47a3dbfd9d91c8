import { expect, it } from 'vitest';
import { Recent } from '../../../../functions/foundation/domain/recent.ts';

it('the memory keeps the latest, and forgets the oldest when it is full', () => {
  const recent = new Recent<number>(2);
  recent.set('a', 1);
  recent.set('b', 2);
  recent.set('a', 3);
  recent.set('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
});
