import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { bundle, lambda } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const page = '<!doctype html><title>Page</title>';

const running = useSmallStage(
  {
    Pages: { Type: 'AWS::S3::Bucket' },
    Pictures: { Type: 'AWS::S3::Bucket' },
    Provider: lambda('echo', { Runtime: 'python3.13' }),
    Deployment: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] },
        SourceBucketNames: ['assets'],
        SourceObjectKeys: ['pages.zip'],
        DestinationBucketName: { Ref: 'Pages' },
        Prune: false,
        SystemMetadata: { 'cache-control': 'no-cache' },
      },
    },
    PictureDeployment: {
      Type: 'Custom::CDKBucketDeployment',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] },
        SourceBucketNames: ['assets'],
        SourceObjectKeys: ['pictures.zip'],
        DestinationBucketName: { Ref: 'Pictures' },
        DestinationBucketKeyPrefix: 'pictures/',
        Prune: false,
      },
    },
    Echo: lambda('echo'),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    To: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: { Ref: 'Api' },
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Echo', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Default: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Api' },
        RouteKey: '$default',
        Target: { 'Fn::Sub': 'integrations/${To}' },
      },
    },
    Passed: {
      Type: 'AWS::CloudFront::OriginRequestPolicy',
      Properties: {
        OriginRequestPolicyConfig: {
          Name: 'passed',
          CookiesConfig: { CookieBehavior: 'none' },
          HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Address', 'Accept'] },
          QueryStringsConfig: { QueryStringBehavior: 'all' },
        },
      },
    },
    Safe: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'safe',
          SecurityHeadersConfig: {
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: 'DENY', Override: true },
            ContentSecurityPolicy: {
              ContentSecurityPolicy: {
                'Fn::Sub': "default-src 'self'; connect-src https://${Pictures.RegionalDomainName}",
              },
              Override: true,
            },
          },
        },
      },
    },
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          DefaultRootObject: 'index.html',
          DefaultCacheBehavior: { TargetOriginId: 'pages', ResponseHeadersPolicyId: { Ref: 'Safe' } },
          CacheBehaviors: [
            { PathPattern: '/pictures/*', TargetOriginId: 'pictures' },
            {
              PathPattern: '/api/*',
              TargetOriginId: 'api',
              OriginRequestPolicyId: { Ref: 'Passed' },
              AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
            },
          ],
          CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/lost.html' }],
          Origins: [
            { Id: 'pages', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] } },
            { Id: 'pictures', DomainName: { 'Fn::GetAtt': ['Pictures', 'RegionalDomainName'] } },
            {
              Id: 'api',
              DomainName: {
                'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] }] }],
              },
              OriginCustomHeaders: [{ HeaderName: 'X-Edge', HeaderValue: 'token' }],
            },
          ],
        },
      },
    },
  },
  {
    pages: { 'index.html': page, 'lost.html': 'lost', 'files/app.js': 'run()', 'fonts/a.woff2': 'font' },
    pictures: { 'one.jpg': '0123456789' },
    echo: bundle(`export const handler = async (event) => event;`),
  },
);

const get = async (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${running().stage.origin}${path}`, init);

describe('the one origin', () => {
  it('serves the pages with type, caching and ETag, and the root object at /', async () => {
    const answer = await get('/');
    expect(await answer.text()).toBe(page);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-cache',
      etag: `"${createHash('md5').update(page).digest('hex')}"`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect((await get('/files/app.js')).headers.get('content-type')).toBe('text/javascript');
    expect((await get('/fonts/a.woff2')).headers.get('content-type')).toBe('font/woff2');
  });

  it('names the local storage where a policy names the one in the cloud', async () => {
    const { endpoints } = running().stage;
    expect((await get('/')).headers.get('content-security-policy')).toBe(
      `default-src 'self'; connect-src ${endpoints.s3}`,
    );
  });

  it('answers conditions and ranges', async () => {
    const etag = (await get('/pictures/one.jpg')).headers.get('etag') ?? '';
    const unchanged = await get('/pictures/one.jpg', { headers: { 'if-none-match': etag } });
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    const part = await get('/pictures/one.jpg', { headers: { range: 'bytes=2-4' } });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
      206,
      '234',
      'bytes 2-4/10',
    ]);
    const tail = await get('/pictures/one.jpg', { headers: { range: 'bytes=-2' } });
    expect([tail.status, await tail.text()]).toEqual([206, '89']);
    const head = await get('/pictures/one.jpg', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  });

  it('gives the error page for what is not there, with its status', async () => {
    const answer = await get('/nowhere');
    expect([answer.status, await answer.text()]).toEqual([404, 'lost']);
  });

  it('refuses methods that a behaviour does not allow', async () => {
    expect((await get('/pictures/one.jpg', { method: 'DELETE' })).status).toBe(404);
    expect((await get('/pictures/one.jpg')).status).toBe(200);
  });

  it('passes to the API only what its policy lets through, who asks, and its own token', async () => {
    const answer = await get('/api/thing?a=1&b=2', {
      method: 'POST',
      body: 'x',
      headers: {
        accept: 'application/json',
        cookie: 'a=1',
        authorization: 'secret',
        'x-edge': 'forged',
        'cloudfront-viewer-address': '203.0.113.9:1',
      },
    });
    const event: unknown = await answer.json();
    expect(event).toMatchObject({
      rawPath: '/api/thing',
      rawQueryString: 'a=1&b=2',
      headers: {
        accept: 'application/json',
        'x-edge': 'token',
        'user-agent': 'Amazon CloudFront',
        'cloudfront-viewer-address': expect.stringMatching(/^127\.0\.0\.1:\d+$/u),
      },
    });
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('headers.authorization');
    expect(event).not.toHaveProperty(['headers', 'content-type']);
  });

  it('takes a path with two slashes for a path', async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(running().stage.origin);
      const outgoing = request({ host: '127.0.0.1', port, path: '//evil.example/api/x' }, (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      });
      outgoing.on('error', reject).end();
    });
    expect(status).toBe(404);
  });
});
