import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { problemSchema } from '../../../functions/contracts/problem.ts';
import { httpHandler } from '../../../functions/kernel/http.ts';
import { HttpProblem, unavailable } from '../../../functions/kernel/http-problem.ts';
import { parseJsonBody } from '../../../functions/kernel/http-request.ts';
import { httpEvent, lambdaContext } from './http-event.ts';

const bodySchema = z.strictObject({ name: z.string().min(2), tags: z.array(z.int()).optional() });

const handler = httpHandler({
  'POST /echo': async (event) => ({ status: 200, body: parseJsonBody(event, bodySchema) }),
  'GET /nothing': async () => ({ status: 204 }),
  'GET /refuse': async () => {
    throw new HttpProblem(409, 'closed', 'It is closed.');
  },
  'GET /away': async () => {
    throw unavailable('Redis is away.', 5, new Error('connection'));
  },
  'GET /broken': async () => {
    throw new Error('secret detail');
  },
});

const call = (routeKey: string, body?: string, headers: Record<string, string> = {}) =>
  handler(httpEvent(routeKey, body === undefined ? { headers } : { body, headers }), lambdaContext);

const problemOf = (result: { body?: string | undefined }) =>
  problemSchema.parse(JSON.parse(result.body ?? ''));

describe('an HTTP handler', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('answers JSON, not to be stored', async () => {
    const result = await call('POST /echo', '{"name":"Ada"}');
    expect(result).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: '{"name":"Ada"}',
    });
  });

  it('answers without a body where there is none', async () => {
    expect(await call('GET /nothing')).not.toHaveProperty('body');
  });

  it('takes a body that API Gateway has encoded', async () => {
    const body = Buffer.from('{"name":"Ada"}').toString('base64');
    const result = await handler(httpEvent('POST /echo', { body, isBase64Encoded: true }), lambdaContext);
    expect(result.statusCode).toBe(200);
  });

  it.each([
    ['malformed JSON', '{"name":', {}, 400, 'malformed-json'],
    ['an empty body', '', {}, 400, 'malformed-json'],
    ['another media type', 'name=Ada', { 'content-type': 'text/plain; charset=utf-8' }, 415, 'not-json'],
  ])('refuses %s in words', async (_case, body, headers, status, code) => {
    const result = await call('POST /echo', body, headers);
    expect(result.statusCode).toBe(status);
    expect(result.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(problemOf(result)).toMatchObject({ type: `/problems/${code}`, status });
  });

  it('points to every field that is wrong', async () => {
    const problem = problemOf(await call('POST /echo', '{"name":"A","tags":[1,"x"]}'));
    expect(problem.status).toBe(422);
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/name', '/tags/1']);
  });

  it('passes a refusal on with its headers', async () => {
    expect(problemOf(await call('GET /refuse'))).toMatchObject({
      type: '/problems/closed',
      detail: 'It is closed.',
    });
    expect(await call('GET /away')).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  });

  it('says nothing of its inside when it fails', async () => {
    const result = await call('GET /broken');
    expect(result.statusCode).toBe(500);
    expect(result.body).not.toContain('secret');
  });

  it('knows only its routes', async () => {
    expect(problemOf(await call('GET /elsewhere')).type).toBe('/problems/unknown-address');
  });
});
