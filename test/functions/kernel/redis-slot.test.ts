import { expect, it } from 'vitest';
import { redisSlot } from '../../../functions/kernel/redis-slot.ts';

// Of the specification's own appendix: CRC16 of it is 0x31C3.
it('is the checksum that the cluster specification gives as its example', () => {
  expect(redisSlot('123456789')).toBe(0x31_c3 % 16_384);
});

// Told by Redis itself: CLUSTER KEYSLOT.
it.each([
  ['foo', 12_182],
  ['{user1000}.following', 3443],
  ['user1000', 3443],
])('lays %s where Redis does', (key, slot) => {
  expect(redisSlot(key)).toBe(slot);
});

it('takes what is between the first brace and the next one, unless that is nothing', () => {
  expect(redisSlot('a{b}{c}')).toBe(redisSlot('b'));
  expect(redisSlot('foo{{bar}}zap')).toBe(redisSlot('{bar'));
  expect(redisSlot('foo{}{bar}')).toBe(8363);
});
