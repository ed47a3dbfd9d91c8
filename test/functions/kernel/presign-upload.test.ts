import { expect, it } from 'vitest';
import { presignUpload } from '../../../functions/kernel/presign-upload.ts';

it('an upload’s policy fixes its key, type, size and expiry', async () => {
  const now = Date.now();
  const upload = await presignUpload({
    bucket: 'uploads',
    key: 'uploads/01J',
    contentType: 'image/png',
    maxBytes: 5_000_000,
    now,
  });
  const policy = JSON.parse(Buffer.from(upload.fields['Policy'] ?? '', 'base64').toString());
  expect(policy.conditions).toEqual(
    expect.arrayContaining([
      ['content-length-range', 1, 5_000_000],
      ['eq', '$Content-Type', 'image/png'],
      { bucket: 'uploads' },
      { key: 'uploads/01J' },
    ]),
  );
  expect(upload.fields).toMatchObject({ 'Content-Type': 'image/png', key: 'uploads/01J' });
  expect(Math.abs(Date.parse(policy.expiration) - (now + 300_000))).toBeLessThan(5000);
  expect(Date.parse(upload.expiresAt)).toBe(now + 300_000);
  expect(upload.maxBytes).toBe(5_000_000);
});
