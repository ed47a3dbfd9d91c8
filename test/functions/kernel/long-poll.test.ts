import { describe, expect, it } from 'vitest';
import { HttpProblem } from '../../../functions/kernel/http-problem.ts';
import { waitMs } from '../../../functions/kernel/long-poll.ts';

const asked = (wait: string): number => waitMs({ queryStringParameters: { wait } });

describe('how long a request waits', () => {
  it('is what it asks for in seconds, and not at all when it does not ask', () => {
    expect([asked('0'), asked('0.5'), asked('20')]).toEqual([0, 500, 20_000]);
    expect(waitMs({})).toBe(0);
  });

  it.each(['-1', '20.1', 'long', 'NaN'])('is refused when it is %s', (wait) => {
    expect(() => asked(wait)).toThrow(HttpProblem);
    expect(() => asked(wait)).toThrow('from 0 to 20');
  });
});
