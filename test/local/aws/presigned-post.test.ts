import { randomBytes } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, type Fixture, ORIGIN, startFixture, until } from './front-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

type Form = { url: string; fields: Record<string, string> };

function presign(options: Partial<PresignedPostOptions> = {}): Promise<Form> {
  return createPresignedPost(fixture.s3, { Bucket: BUCKET, Key: 'in/photo.jpg', Expires: 60, ...options });
}

async function post(
  { url, fields }: Form,
  file: Buffer | undefined = Buffer.from('a photo'),
  name = 'photo.jpg',
): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (file !== undefined) form.append('file', new Blob([new Uint8Array(file)]), name);
  return fetch(url, { method: 'POST', body: form, headers: { origin: ORIGIN } });
}

async function postWithoutFile({ url, fields }: Form): Promise<Response> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return fetch(url, { method: 'POST', body: form });
}

describe('a presigned POST', () => {
  it('stores the file under the key, with the form’s Content-Type, and answers 204', async () => {
    const form = await presign({
      Key: 'in/one.jpg',
      Fields: { 'Content-Type': 'image/jpeg', 'x-amz-meta-fan': 'Ada' },
    });
    const file = randomBytes(100_000);
    const answer = await post(form, file);
    expect(answer.status).toBe(204);
    const stored = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'in/one.jpg' }));
    expect(stored.ContentType).toBe('image/jpeg');
    expect(stored.Metadata).toEqual({ fan: 'Ada' });
    expect(stored.ETag).toBe(answer.headers.get('etag'));
    expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(file)).toBe(true);
  });

  it('announces the object as ObjectCreated:Post', async () => {
    const answer = await post(await presign({ Key: 'in/told.jpg' }), Buffer.from('12345'));
    await until(() => fixture.created.some(({ key }) => key === 'in/told.jpg'));
    expect(fixture.created.find(({ key }) => key === 'in/told.jpg')).toMatchObject({
      bucket: BUCKET,
      size: 5,
      eventName: 'ObjectCreated:Post',
      etag: answer.headers.get('etag')?.replaceAll('"', ''),
    });
  });

  it('keeps bytes that look like a form', async () => {
    const file = Buffer.from(
      '\r\n--not the boundary\r\n\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
    );
    expect((await post(await presign({ Key: 'in/odd' }), file)).status).toBe(204);
    const stored = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'in/odd' }));
    expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(file)).toBe(true);
  });

  it('takes 50 MB', async () => {
    const file = randomBytes(50_000_000);
    expect((await post(await presign({ Key: 'in/large' }), file)).status).toBe(204);
    const stored = await fixture.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'in/large' }));
    expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? []).equals(file)).toBe(true);
  });

  it('answers 201 with the location and the key when asked to', async () => {
    const answer = await post(await presign({ Fields: { success_action_status: '201' } }));
    expect(answer.status).toBe(201);
    expect(await answer.text()).toContain('<Bucket>photos</Bucket><Key>in/photo.jpg</Key>');
    expect((await post(await presign({ Fields: { success_action_status: '200' } }))).status).toBe(200);
  });

  it('puts the file’s name into the key', async () => {
    expect((await post(await presign({ Key: 'in/${filename}' }), undefined, 'me $& you.png')).status).toBe(
      204,
    );
    const head = await fixture.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'in/me $& you.png' }));
    expect(head.ContentLength).toBe(7);
  });

  describe('is refused', () => {
    it.each([
      [
        'after its expiration',
        { Expires: -1 },
        {},
        403,
        'AccessDenied',
        'Invalid according to Policy: Policy expired.',
      ],
      [
        'with another key',
        {},
        { key: 'in/other.jpg' },
        403,
        'AccessDenied',
        'Policy Condition failed: ["eq", "$key", "in/photo.jpg"]',
      ],
      [
        'with a forged signature',
        {},
        { 'X-Amz-Signature': '0'.repeat(64) },
        403,
        'SignatureDoesNotMatch',
        'signature',
      ],
      [
        'with a changed policy',
        {},
        { Policy: Buffer.from('{"expiration":"2099-01-01T00:00:00Z","conditions":[]}').toString('base64') },
        403,
        'SignatureDoesNotMatch',
        'signature',
      ],
      [
        'with an unknown access key',
        {},
        {
          'X-Amz-Credential': 'AKIAOTHER/20260101/eu-west-1/s3/aws4_request',
          'X-Amz-Date': '20260101T000000Z',
        },
        403,
        'InvalidAccessKeyId',
        'does not exist',
      ],
      [
        'for another region',
        {},
        { 'X-Amz-Credential': 'AKIALOCAL/20260101/us-east-1/s3/aws4_request' },
        400,
        'InvalidArgument',
        'the region &apos;us-east-1&apos; is wrong',
      ],
      [
        'with a field its policy does not name',
        {},
        { acl: 'public-read' },
        403,
        'AccessDenied',
        'Extra input fields: acl',
      ],
      [
        'with a Content-Type the policy does not allow',
        { Conditions: [['starts-with', '$Content-Type', 'image/']] },
        { 'Content-Type': 'text/html' },
        403,
        'AccessDenied',
        'Policy Condition failed: ["starts-with", "$content-type", "image/"]',
      ],
      [
        'without a field the policy demands',
        { Conditions: [{ 'x-amz-meta-fan': 'Ada' }] },
        {},
        403,
        'AccessDenied',
        'Policy Condition failed: ["eq", "$x-amz-meta-fan", "Ada"]',
      ],
      [
        'when the file is too large',
        { Conditions: [['content-length-range', 1, 6]] },
        {},
        400,
        'EntityTooLarge',
        '<ProposedSize>7</ProposedSize><MaxSizeAllowed>6</MaxSizeAllowed>',
      ],
      [
        'when the file is too small',
        { Conditions: [['content-length-range', 8, 9]] },
        {},
        400,
        'EntityTooSmall',
        '<ProposedSize>7</ProposedSize><MinSizeAllowed>8</MinSizeAllowed>',
      ],
    ] satisfies [string, Partial<PresignedPostOptions>, Record<string, string>, number, string, string][])(
      '%s',
      async (_when, options, fields, status, code, text) => {
        const form = await presign(options);
        const answer = await post({ url: form.url, fields: { ...form.fields, ...fields } });
        const body = await answer.text();
        expect(body).toContain(`<Error><Code>${code}</Code>`);
        expect(body.replaceAll('&quot;', '"')).toContain(text);
        expect(answer.status).toBe(status);
        expect(answer.headers.get('content-type')).toBe('application/xml');
      },
    );

    it('in another bucket than the policy’s', async () => {
      const form = await presign();
      const answer = await post({ ...form, url: form.url.replace(BUCKET, 'others') });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('$bucket');
    });

    it('without a file', async () => {
      const answer = await postWithoutFile(await presign());
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('POST requires exactly one file upload per request.');
    });

    it('without a policy', async () => {
      const form = await presign();
      const answer = await post({ url: form.url, fields: { key: 'in/anonymous' } });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
    });

    it('early when it announces more than the policy allows, with an answer the sender can read', async () => {
      const form = await presign({ Conditions: [['content-length-range', 1, 1000]] });
      const answer = await post(form, Buffer.alloc(40_000_000));
      expect(answer.status).toBe(400);
      expect(await answer.text()).toMatch(/<Code>EntityTooLarge<\/Code>.*<MaxSizeAllowed>1000</);
    });
  });

  it('lets x-ignore- fields and conditioned fields through', async () => {
    const form = await presign({ Conditions: [['starts-with', '$Content-Type', 'image/']] });
    const answer = await post({
      url: form.url,
      fields: { ...form.fields, 'Content-Type': 'image/webp', 'x-ignore-me': '1' },
    });
    expect(answer.status).toBe(204);
  });

  it('must bring the session token when the account has one', async () => {
    const other = await startFixture({ sessionToken: 'a-token' });
    try {
      const form = await createPresignedPost(other.s3, { Bucket: BUCKET, Key: 'k' });
      expect((await post(form)).status).toBe(204);
      const { 'X-Amz-Security-Token': _token, ...fields } = form.fields;
      expect((await post({ url: form.url, fields })).status).toBeGreaterThanOrEqual(400);
    } finally {
      await other.stop();
    }
  });
});
