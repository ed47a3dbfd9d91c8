import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../local/http/http-message.ts';
import { LocalIssuer } from '../../../local/identity/local-issuer.ts';
import { signInPages } from '../../../local/identity/sign-in-pages.ts';

const address = 'http://127.0.0.1:4002';
const rule = { issuer: 'https://issuer.example', audience: ['fanfare'] };
const issuer = new LocalIssuer(rule, ['delivery', 'studio']);
const handle = signInPages(issuer, address);

const ask = (method: string, url: string, { cookie = '', body = '' } = {}): Promise<HttpResponse> =>
  handle({
    method,
    url,
    headers: { cookie },
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
    sourcePort: 5000,
  });

const verifier = 'v'.repeat(43);
const wish = {
  response_type: 'code',
  client_id: 'fanfare-console',
  redirect_uri: 'http://localhost:4000/',
  scope: 'openid profile',
  state: 'a state',
  nonce: 'a nonce',
  code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  code_challenge_method: 'S256',
};
type Wish = Partial<typeof wish> & { prompt?: string; person?: string };

const authorize = (changes: Wish = {}, cookie = ''): Promise<HttpResponse> =>
  ask('GET', `/authorize?${new URLSearchParams({ ...wish, ...changes }).toString()}`, { cookie });

const answerIn = ({ headers }: HttpResponse): Record<string, string> =>
  Object.fromEntries(new URL(String(headers['location'])).searchParams);

const exchange = (code: string, changes: Readonly<Record<string, string>> = {}): Promise<HttpResponse> =>
  ask('POST', '/token', {
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: wish.redirect_uri,
      client_id: wish.client_id,
      code_verifier: verifier,
      ...changes,
    }).toString(),
  });

const aCode = async (): Promise<string> => answerIn(await authorize({ person: 'studio' }))['code'] ?? '';

describe('the local issuer', () => {
  it('gives a code that is exchanged, once, for a token that the API takes and for who it is', async () => {
    const code = await aCode();
    const answer = await exchange(code);
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const { access_token, id_token, token_type } = JSON.parse(String(answer.body));
    expect(token_type).toBe('Bearer');
    expect(await issuer.verify(rule, `Bearer ${access_token}`)).toMatchObject({ team: 'studio' });
    const keys = createLocalJWKSet(JSON.parse(String((await ask('GET', '/jwks')).body)));
    const { payload } = await jwtVerify(id_token, keys, { issuer: address, audience: 'fanfare-console' });
    expect(payload).toMatchObject({ nonce: 'a nonce', name: 'Somebody of studio' });
    expect((await exchange(code)).status).toBe(400);
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['another client', { client_id: 'somebody-else' }],
    ['another page', { redirect_uri: 'http://localhost:4000/elsewhere' }],
  ])('gives no token to %s', async (_, changes) => {
    const answer = await exchange(await aCode(), changes);
    expect(answer.status).toBe(400);
    expect(JSON.parse(String(answer.body))).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    ['to another machine', { redirect_uri: 'https://elsewhere.example/' }],
    ['without a challenge that is hashed', { code_challenge_method: 'plain' }],
    ['to who does not ask who it is', { scope: 'profile' }],
  ])('sends nobody %s', async (_, changes) => {
    const answer = await authorize(changes);
    expect(answer.status).toBe(400);
    expect(answer.headers['location']).toBeUndefined();
  });

  it('signs in whoever may not be asked as who they were last, at first as one of delivery', async () => {
    expect(answerIn(await authorize({ prompt: 'none' }))).toMatchObject({
      code: expect.any(String),
      state: 'a state',
      iss: address,
    });
    const kept = String((await authorize({ person: 'nobody' })).headers['set-cookie']).split(';')[0];
    expect(answerIn(await authorize({ prompt: 'none' }, kept))).toEqual({
      error: 'login_required',
      state: 'a state',
      iss: address,
    });
  });

  it('asks everybody else who they are, and writes nothing on its page that was not meant as text', async () => {
    const page = await authorize({ state: '"><script>alert(1)</script>' });
    expect(page.status).toBe(200);
    expect(String(page.body)).toContain('Somebody of studio');
    expect(String(page.body)).not.toContain('<script');
  });
});
