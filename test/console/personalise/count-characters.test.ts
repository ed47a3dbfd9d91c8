import { expect, it } from 'vitest';
import { countCharacters } from '../../../console/src/personalise/count-characters.ts';

it.each([
  ['', 0],
  ['   ', 0],
  ['Amira', 5],
  ['  a   b ', 3],
  ['Zoe\u0308', 3],
  ['👩‍👩‍👧🇳🇱', 2],
  ['नमस्ते', 3],
  ['漢字', 2],
])('“%s” has %i characters', (text, count) => {
  expect(countCharacters(text)).toBe(count);
});
