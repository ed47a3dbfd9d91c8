import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { bundle, lambda, type StackOf } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const route = (key: string, fn: string): StackOf['resources'] => {
  const id = key.replaceAll(/\W/gu, '');
  return {
    [`To${id}`]: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': [fn, 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    [id]: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: key,
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: `To${id}` }]] },
        AuthorizationType: 'NONE',
      },
    },
  };
};

const running = useSmallStage(
  {
    Echo: lambda('echo'),
    Answer: lambda('answer'),
    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'api',
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ['https://page.example'],
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['content-type'],
          ExposeHeaders: ['retry-after'],
          MaxAge: 600,
        },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
    },
    ...route('GET /echo', 'Echo'),
    ...route('POST /echo', 'Echo'),
    ...route('GET /echo/{id}', 'Echo'),
    ...route('GET /echo/fixed', 'Echo'),
    ...route('ANY /echo/{id}/{rest+}', 'Echo'),
    ...route('POST /answer', 'Answer'),
  },
  {
    echo: bundle(`export const handler = async (event) => event;`),
    answer: bundle(`
      export const handler = async ({ body }) => {
        if (body === 'throw') throw new Error('no');
        if (body === 'huge') return { statusCode: 200, body: 'x'.repeat(6.1 * 1024 * 1024) };
        if (body === 'large') return { statusCode: 200, body: 'x'.repeat(6_000_000) };
        return JSON.parse(body);
      };`),
  },
);

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Not fetch: it changes paths, header names and repeated headers. */
const call = async (
  method: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  body?: string | Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(running().stage.apiEndpoint('Api'));
    const outgoing = request({ host: url.hostname, port: url.port, method, path, headers, agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.end(body);
  });
const event = async (...parameters: Parameters<typeof call>): Promise<unknown> =>
  JSON.parse((await call(...parameters)).text);
const answer = async (value: unknown): Promise<Answer> =>
  call(
    'POST',
    '/answer',
    { 'content-type': 'text/plain' },
    typeof value === 'string' ? value : JSON.stringify(value),
  );

describe('an HTTP API', () => {
  it('gives its function an event of payload format 2.0', async () => {
    const given = await event(
      'POST',
      '/echo?b=2&a=1&a=x%20y&empty=',
      {
        'Content-Type': 'application/json',
        'X-Thing': ['one', 'two'],
        Cookie: 'a=1; b=2',
        'User-Agent': 'test',
        Host: 'api.example',
      },
      '{"é":1}',
    );
    expect(given).toEqual({
      version: '2.0',
      routeKey: 'POST /echo',
      rawPath: '/echo',
      rawQueryString: 'b=2&a=1&a=x%20y&empty=',
      cookies: ['a=1', 'b=2'],
      headers: {
        'content-type': 'application/json',
        'x-thing': expect.stringMatching(/^one, ?two$/u),
        'user-agent': 'test',
        host: 'api.example',
        'content-length': '8',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[\da-f]{8}-[\da-f]{24}$/u),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '443',
        'x-forwarded-proto': 'https',
      },
      queryStringParameters: { b: '2', a: '1,x y', empty: '' },
      requestContext: {
        accountId: expect.stringMatching(/^\d{12}$/u),
        apiId: expect.any(String),
        domainName: 'api.example',
        domainPrefix: expect.any(String),
        http: {
          method: 'POST',
          path: '/echo',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: expect.any(String),
        routeKey: 'POST /echo',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/u),
        timeEpoch: expect.toSatisfy((at: number) => Math.abs(Date.now() - at) < 10_000),
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  it('leaves out what a request does not have', async () => {
    const given = await event('GET', '/echo');
    for (const name of ['body', 'cookies', 'pathParameters', 'queryStringParameters']) {
      expect(given).not.toHaveProperty(name);
    }
    expect(given).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
  });

  it('encodes bodies that are no text', async () => {
    expect(
      await event('POST', '/echo', { 'content-type': 'image/png' }, Buffer.from([0, 255, 1])),
    ).toMatchObject({ body: 'AP8B', isBase64Encoded: true });
  });

  it.each([
    ['GET', '/echo/a%20b', 'GET /echo/{id}', { id: 'a b' }],
    ['GET', '/echo/fixed', 'GET /echo/fixed', undefined],
    ['DELETE', '/echo/1/2/3%2F4', 'ANY /echo/{id}/{rest+}', { id: '1', rest: '2/3/4' }],
    ['GET', '/echo/%zz', 'GET /echo/{id}', { id: '%zz' }],
  ])('finds the most specific route: %s %s', async (method, path, routeKey, pathParameters) => {
    const given = await event(method, path);
    expect(Object(given).routeKey).toBe(routeKey);
    expect(Object(given).pathParameters).toEqual(pathParameters);
  });

  it.each([
    ['GET', '/nowhere'],
    ['PATCH', '/echo'],
    ['GET', '//echo'],
    ['GET', '//evil.example/echo'],
    ['GET', '/echo/'],
  ])('answers 404 to what has no route: %s %s', async (method, path) => {
    expect(await call(method, path)).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
  });

  it('answers as the function says', async () => {
    const given = await answer({
      statusCode: 201,
      headers: { 'Content-Type': 'application/problem+json', 'X-Number': 1 },
      cookies: ['a=1; Secure', 'b=2'],
      body: Buffer.from('{"a":"é"}').toString('base64'),
      isBase64Encoded: true,
    });
    expect(given).toMatchObject({
      status: 201,
      text: '{"a":"é"}',
      headers: {
        'content-type': 'application/problem+json',
        'x-number': '1',
        'set-cookie': ['a=1; Secure', 'b=2'],
        'content-length': '10',
      },
    });
    expect(await answer({ statusCode: 204 })).toMatchObject({ status: 204, text: '' });
  });

  it('takes an answer without a status for the body', async () => {
    expect(await answer({ any: 'thing' })).toMatchObject({
      status: 200,
      text: '{"any":"thing"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await answer('"a text"')).toMatchObject({ status: 200, text: 'a text' });
  });

  it.each([
    ['throws', 'throw'],
    ['answers more than 6 MB', 'huge'],
    ['answers with a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['answers with a status that is none', { statusCode: 'fine' }],
  ])('answers 500 when the function %s', async (_what, value) => {
    expect(await answer(value)).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
  });

  it('passes answers up to 6 MB', async () => {
    expect((await answer('large')).text).toHaveLength(6_000_000);
  });

  it.each([
    ['10 MB', 'text/plain', 10.1],
    ['what fits into an event of 6 MB', 'text/plain', 6.1],
    ['what fits into an event of 6 MB once encoded', 'image/jpeg', 5],
  ])('refuses bodies of more than %s', async (_limit, type, megabytes) => {
    const body = Buffer.alloc(megabytes * 1024 * 1024, 'x');
    expect(await call('POST', '/echo', { 'content-type': type }, body)).toMatchObject({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
  });

  it('answers CORS preflights itself, and adds the headers for allowed origins only', async () => {
    const asked = { origin: 'https://page.example', 'access-control-request-method': 'POST' };
    expect(await call('OPTIONS', '/echo', asked)).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': 'https://page.example',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '600',
      },
    });
    expect((await call('GET', '/echo', asked)).headers).toMatchObject({
      'access-control-allow-origin': 'https://page.example',
      'access-control-expose-headers': 'retry-after',
    });
    expect((await call('GET', '/echo', { origin: 'https://other.example' })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });
});
