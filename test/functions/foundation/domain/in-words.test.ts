import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, duration, list, since, sinceTime } from '../../../../functions/foundation/domain/in-words.ts';

const minute = 60_000;

describe('a length of time', () => {
  it.each([
    [59_999, undefined],
    [minute, '1 minute'],
    [65 * minute, '1 hour 5 minutes'],
    [120 * minute, '2 hours'],
    [(3 * 24 * 60 + 61) * minute, '3 days 1 hour'],
    [(24 * 60 + 5) * minute, '1 day'],
    [-5 * minute, undefined],
  ])('%d ms is %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });
});

describe('a start', () => {
  const at = Date.parse('2026-11-21T03:02:07Z');
  it('is told in UTC, with how long ago', () => {
    expect(since(at, at + 6 * minute)).toBe('since 2026-11-21 03:02 UTC (6 minutes)');
    expect(since(at, at + 1000)).toBe('since 2026-11-21 03:02 UTC');
  });
  it('needs its date only on another day', () => {
    expect(sinceTime(at, at + minute)).toBe('since 03:02 UTC');
    expect(sinceTime(at, at + 24 * 60 * minute)).toBe('since 2026-11-21 03:02 UTC');
  });
});

it('a list reads as people speak', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

it('what is cut fits, begins as before and holds no half of a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 50 }),
      (text, limit) => {
        const short = cut(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.isWellFormed()).toBe(true);
        expect(text.startsWith(short.replace(/…$/u, ''))).toBe(true);
        expect(short === text).toBe(text.length <= limit);
      },
    ),
  );
});
