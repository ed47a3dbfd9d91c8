import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../console/src/api/storage-error.ts';

const answer = (code: string, message = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><HostId>x</HostId></Error>`;

describe('S3’s refusals', () => {
  it('are known by their code', () => {
    const error = new StorageError(
      400,
      answer('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'),
    );
    expect(error.code).toBe('EntityTooLarge');
    expect(error.sentence).toMatch(/too large/u);
    expect(error.expired).toBe(false);
  });

  it.each([
    answer('AccessDenied', 'Invalid according to Policy: Policy expired.'),
    answer('ExpiredToken', 'The provided token has expired.'),
  ])('tell that the permission ran out', (xml) => {
    expect(new StorageError(403, xml).expired).toBe(true);
  });

  it('tell other refusals from one that ran out', () => {
    const xml = answer(
      'AccessDenied',
      'Invalid according to Policy: Policy Condition failed: ["eq", "$key", "a"]',
    );
    expect(new StorageError(403, xml).expired).toBe(false);
  });

  it('have a sentence even when the answer is not S3’s', () => {
    expect(new StorageError(502, '<html>Bad gateway</html>').sentence).toContain('502');
  });
});
