import { describe, expect, it } from 'vitest';
import { RefusedError, UnexpectedAnswerError, UnreachableError } from '../../../console/src/api/errors.ts';
import { pauseAfter } from '../../../console/src/api/patience.ts';
import { StorageError } from '../../../console/src/api/storage-error.ts';

const refused = (status: number, retryAfterSeconds?: number): RefusedError =>
  new RefusedError({ type: '/problems/x', title: 'x', status, detail: 'x' }, retryAfterSeconds);

describe('patience', () => {
  it('waits as long as the server asks for', () => {
    expect(pauseAfter(refused(429, 7), 1)).toEqual({ reason: 'too-many', seconds: 7 });
    expect(pauseAfter(refused(503, 5), 3)).toEqual({ reason: 'busy', seconds: 5 });
  });

  it('waits longer and longer when the server does not say', () => {
    expect([1, 2, 3, 4, 5, 6].map((attempt) => pauseAfter(refused(503), attempt)?.seconds)).toEqual([
      2, 4, 8, 16, 30, 30,
    ]);
    expect(pauseAfter(new UnreachableError(), 1)).toEqual({ reason: 'offline', seconds: 2 });
    expect(pauseAfter(new StorageError(503, '<Error><Code>SlowDown</Code></Error>'), 1)?.reason).toBe('busy');
  });

  it('never tries again at once, whatever the server says', () => {
    expect(pauseAfter(refused(429, 0), 1)?.seconds).toBe(1);
  });

  it.each([
    ['a refusal that another try does not change', refused(422)],
    ['a wait longer than two minutes', refused(429, 121)],
    ['a refusal by S3', new StorageError(403, '<Error><Code>AccessDenied</Code></Error>')],
    ['an answer that is not understood', new UnexpectedAnswerError()],
    ['a mistake of the page', new TypeError('x is undefined')],
  ])('does not wait for %s', (_, error) => {
    expect(pauseAfter(error, 1)).toBeUndefined();
  });
});
