import { expect, it } from 'vitest';
import { toPointer } from '../../../functions/contracts/json-pointer.ts';

it('JSON pointers escape what RFC 6901 says', () => {
  expect(toPointer(['slots', 'a/b~c', 0])).toBe('/slots/a~1b~0c/0');
  expect(toPointer([])).toBe('');
});
