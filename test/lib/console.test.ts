import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  readTemplate,
  type Resource,
  resourcesOf,
  type Template,
  theResource,
  patience,
  assemblyOf,
} from './templates.ts';

let template: Template;
let distribution: Resource['properties'];
beforeAll(async () => {
  template = await readTemplate('console');
  distribution = theResource(template, 'AWS::CloudFront::Distribution', 'Distribution').properties[
    'DistributionConfig'
  ];
}, patience);

const originOf = (behaviour: Resource['properties']): Resource['properties'] =>
  distribution['Origins'].find(
    (origin: Resource['properties']) => origin['Id'] === behaviour['TargetOriginId'],
  );
const behaviours = (): Resource['properties'][] => distribution['CacheBehaviors'];
const policyOf = (behaviour: Resource['properties']): Resource['properties'] => {
  const id: string = behaviour['ResponseHeadersPolicyId'].Ref;
  return theResource(template, 'AWS::CloudFront::ResponseHeadersPolicy', id).properties[
    'ResponseHeadersPolicyConfig'
  ];
};

describe('the one address', () => {
  it('asks, in this order, the results, the previews, the API, and else the pages', () => {
    expect(behaviours().map((each) => each['PathPattern'])).toEqual([
      '/personalise/results/*',
      '/personalise/previews/*',
      '/personalise/*',
      '/studio/results/*',
      '/studio/library/*',
      '/studio/*',
      '/deployments/*',
    ]);
    const domains = [...behaviours(), distribution['DefaultCacheBehavior']].map((each) =>
      JSON.stringify(originOf(each)['DomainName']),
    );
    expect(domains[0]).toContain('ResultsBucket');
    expect(domains[1]).toContain('AssetsBucket');
    expect(domains[2]).toContain('ApiEndpoint');
    expect(domains[3]).toContain('ResultsBucket');
    expect(domains[4]).toContain('AssetsBucket');
    expect(domains[5]).toContain('ApiEndpoint');
    expect(domains[6]).toContain('ApiEndpoint');
    expect(domains[7]).toContain('PagesBucket');
  });

  it('signs what it asks of buckets', () => {
    const ofBuckets = behaviours().filter((each) => each['OriginRequestPolicyId'] === undefined);
    expect(ofBuckets.length).toBe(4);
    for (const behaviour of [...ofBuckets, distribution['DefaultCacheBehavior']]) {
      expect(originOf(behaviour)['OriginAccessControlId']).toEqual({
        'Fn::GetAtt': [expect.any(String), 'Id'],
      });
    }
    for (const { properties } of resourcesOf(template, 'AWS::CloudFront::OriginAccessControl')) {
      expect(properties['OriginAccessControlConfig']).toMatchObject({
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      });
    }
  });

  it('speaks TLS only, with browsers and with the API', () => {
    const policies = [...behaviours(), distribution['DefaultCacheBehavior']].map(
      (each) => each['ViewerProtocolPolicy'],
    );
    const service = ['redirect-to-https', 'redirect-to-https', 'https-only'];
    expect(policies).toEqual([...service, ...service, 'https-only', 'redirect-to-https']);
    expect(originOf(behaviours()[2] ?? {})['CustomOriginConfig']).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(distribution['HttpVersion']).toBe('http2and3');
  });

  it('hands to the API of events all that its senders sign, but for the host', () => {
    const { Ref: id } = behaviours().at(-1)?.['OriginRequestPolicyId'] ?? {};
    const policy = theResource(template, 'AWS::CloudFront::OriginRequestPolicy', id);
    expect(policy.properties['OriginRequestPolicyConfig'].HeadersConfig).toEqual({
      HeaderBehavior: 'allExcept',
      Headers: ['Host'],
    });
  });

  it('keeps every answer of the API fresh, and waits for a long poll', () => {
    const api = behaviours()[2] ?? {};
    // The managed policy CachingDisabled. Source: CloudFront developer guide, "Use managed cache policies".
    expect(api['CachePolicyId']).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(api['AllowedMethods']).toEqual(expect.arrayContaining(['POST', 'DELETE', 'OPTIONS']));
    expect(originOf(api)['CustomOriginConfig'].OriginReadTimeout).toBeGreaterThan(20);
  });

  it('tells the API the viewer’s address, with the token that makes it believed, and never the site’s host', () => {
    const api = behaviours()[2] ?? {};
    expect(originOf(api)['OriginCustomHeaders']).toEqual([
      {
        HeaderName: 'x-fanfare-edge',
        HeaderValue: {
          'Fn::Select': [
            2,
            {
              'Fn::Split': [
                '/',
                { 'Fn::GetStackOutput': expect.objectContaining({ StackName: 'fanfare-dev-foundation' }) },
              ],
            },
          ],
        },
      },
    ]);
    const policy = theResource(template, 'AWS::CloudFront::OriginRequestPolicy', 'ApiRequest').properties;
    const { HeadersConfig, QueryStringsConfig, CookiesConfig } = policy['OriginRequestPolicyConfig'];
    expect(HeadersConfig.Headers).toContain('CloudFront-Viewer-Address');
    expect(HeadersConfig.Headers.map((name: string) => name.toLowerCase())).not.toContain('host');
    // CloudFront takes ten at most.
    expect(HeadersConfig.Headers.length).toBeLessThanOrEqual(10);
    expect(QueryStringsConfig.QueryStringBehavior).toBe('all');
    expect(CookiesConfig.CookieBehavior).toBe('none');
  });

  it.each([
    ['personalise', 2],
    ['studio', 5],
  ] as const)(
    'gives the API of %s the same token as its request-upload expects',
    async (service, behaviour) => {
      const stack = await readTemplate(service);
      const { properties } = theResource(stack, 'AWS::Lambda::Function', 'RequestUploadFunction');
      expect(properties['Environment'].Variables.EDGE_TOKEN).toEqual(
        originOf(behaviours()[behaviour] ?? {})['OriginCustomHeaders'][0].HeaderValue,
      );
    },
  );
});

describe('what browsers are told', () => {
  it('about pages: nothing runs that is not ours, uploads go to S3, nobody frames us', () => {
    const { SecurityHeadersConfig: headers } = policyOf(distribution['DefaultCacheBehavior']);
    expect(headers).toMatchObject({
      FrameOptions: { FrameOption: 'DENY' },
      ContentTypeOptions: { Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000, IncludeSubdomains: true },
    });
    const csp = JSON.stringify(headers.ContentSecurityPolicy.ContentSecurityPolicy);
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "img-src 'self' blob: data:",
      "frame-ancestors 'none'",
    ]) {
      expect(csp).toContain(directive);
    }
    expect(csp).toMatch(/connect-src 'self' https:.*UploadsBucket.*RegionalDomainName/u);
    expect(csp).toMatch(/ https:\/\/issuer\.example; manifest-src/u);
    expect(csp).not.toMatch(/unsafe-(inline|eval)|\*/u);
  });

  it('about pictures: any page may draw them', () => {
    expect(policyOf(behaviours()[0] ?? {})['CorsConfig']).toMatchObject({
      AccessControlAllowOrigins: { Items: ['*'] },
      AccessControlAllowCredentials: false,
    });
  });

  it('about everything: types are not guessed, TLS is for ever', () => {
    for (const behaviour of behaviours()) {
      expect(policyOf(behaviour)['SecurityHeadersConfig']).toMatchObject({
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: { Override: true },
      });
    }
  });
});

describe('the pages', () => {
  const deployment = (id: string): Resource => theResource(template, 'Custom::CDKBucketDeployment', id);
  /** The files of an assembly's asset, as the deployment unpacks it. */
  const filesOf = async (resource: Resource): Promise<string[]> => {
    const folder = await folderOf(resource);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  };
  const folderOf = async ({ properties }: Resource, asset = 0): Promise<string> => {
    const hash = String(properties['SourceObjectKeys'][asset]).replace('.zip', '');
    return path.join(await assemblyOf('dev'), `asset.${hash}`);
  };

  it('with a hash in their name are kept by browsers for a year', async () => {
    const files = deployment('Files');
    expect(files.properties['SystemMetadata']).toEqual({
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const names = await filesOf(files);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(name).toMatch(/^assets\/.+-[\w-]{8}\.\w+$/u);
    }
  });

  it('that people know by name are asked for every time', async () => {
    const entry = deployment('Entry');
    expect(entry.properties['SystemMetadata']).toEqual({ 'cache-control': 'no-cache' });
    const names = await filesOf(entry);
    expect(names).toContain('index.html');
    expect(names.filter((name) => name.startsWith('assets/'))).toEqual([]);
  });

  it('are told where people of this stage sign in', async () => {
    const text = await readFile(path.join(await folderOf(deployment('Entry'), 1), 'sign-in.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({
      issuer: 'https://issuer.example',
      clientId: 'fanfare-console',
      scope: 'openid profile',
      parameters: {},
    });
  });

  it('arrive after the files that they name, and older files stay for pages that are open', () => {
    expect(template.Resources[deployment('Entry').id]?.DependsOn).toContain(deployment('Files').id);
    expect([deployment('Files'), deployment('Entry')].map(({ properties }) => properties['Prune'])).toEqual([
      false,
      false,
    ]);
  });
});
