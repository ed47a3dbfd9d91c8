import { expect, it } from 'vitest';
import { closesInWords } from '../../../console/src/personalise/closes-in-words.ts';

it.each([
  ['2028-01-01T00:40:00Z', 'Closes within the hour'],
  ['2028-01-01T01:30:00Z', 'Open for 1 more hour'],
  ['2028-01-02T06:00:00Z', 'Open for 30 more hours'],
  ['2028-01-06T12:00:00Z', 'Open for 5 more days'],
  ['2028-12-24T12:00:00Z', 'Open until 24 December 2028'],
])('a campaign that closes at %s', (closesAt, words) => {
  expect(closesInWords(closesAt, Date.parse('2028-01-01T00:00:00Z'))).toBe(words);
});
