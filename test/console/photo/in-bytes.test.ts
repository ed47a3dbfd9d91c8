import { expect, it } from 'vitest';
import { inBytes } from '../../../console/src/photo/in-bytes.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [270_400, '270 kB'],
  [999_600, '1 MB'],
  [4_620_000, '4.6 MB'],
  [20_000_000, '20 MB'],
])('%i bytes are %s', (bytes, words) => {
  expect(inBytes(bytes)).toBe(words);
});
