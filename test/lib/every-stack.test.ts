import { beforeAll, describe, expect, it } from 'vitest';
import { services } from '../../functions/promises.ts';
import {
  ourFunctions,
  readTemplate,
  resourcesOf,
  stackNames,
  statementsOf,
  type Template,
  patience,
} from './templates.ts';

describe.each(stackNames)('the stack of %s', (name) => {
  let template: Template;
  beforeAll(async () => {
    template = await readTemplate(name);
  }, patience);

  it('tags everything that can be tagged with whom it belongs to', () => {
    const { team, product } = services[name];
    const owner = { Service: name, Team: team, Product: product, Stage: 'dev' };
    const tagged = resourcesOf(template).filter(({ properties }) => properties['Tags'] !== undefined);
    expect(tagged.length).toBeGreaterThan(2);
    for (const { id, type, properties } of tagged) {
      const tags = tagsOf(properties['Tags']);
      // An alarm topic is tagged with the team that it is for.
      const expected = type === 'AWS::SNS::Topic' ? { ...owner, Team: tags['Team'] } : owner;
      expect({ id, tags }).toEqual({ id, tags: expect.objectContaining(expected) });
    }
    const untagged = resourcesOf(template).filter(({ properties }) => properties['Tags'] === undefined);
    expect(new Set(untagged.map(({ type }) => type).filter((type) => !untaggable.has(type)))).toEqual(
      new Set(),
    );
  });

  it('lets nobody do anything by wildcard, but the function of the CDK that copies folders', () => {
    const wild = statementsOf(template).filter(
      ({ effect, actions, owner }) =>
        effect === 'Allow' &&
        actions.some((action) => action.includes('*')) &&
        !owner.startsWith('CustomCDKBucketDeployment'),
    );
    // Deleting a stack's buckets empties them first, which the CDK's policy of the bucket allows its own function.
    const own = wild.filter(({ actions }) => actions.join(' ') !== emptying);
    expect(own).toEqual([]);
  });

  it('keeps every bucket private, encrypted and out of reach without TLS', () => {
    for (const { id, properties } of resourcesOf(template, 'AWS::S3::Bucket')) {
      expect({ id, access: properties['PublicAccessBlockConfiguration'] }).toEqual({
        id,
        access: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      expect(properties['BucketEncryption']).toBeDefined();
      expect(deniesPlainText(template, id)).toBe(true);
    }
  });

  it('keeps every queue encrypted and out of reach without TLS', () => {
    for (const { id, properties } of resourcesOf(template, 'AWS::SQS::Queue')) {
      expect({ id, encrypted: properties['SqsManagedSseEnabled'] }).toEqual({ id, encrypted: true });
      expect(deniesPlainText(template, id)).toBe(true);
    }
  });

  it('gives every queue dead letters', () => {
    const queues = resourcesOf(template, 'AWS::SQS::Queue').filter(({ id }) => !id.includes('DeadLetters'));
    for (const { id, properties } of queues) {
      expect({ id, redrive: properties['RedrivePolicy'] }).toEqual({
        id,
        redrive: { deadLetterTargetArn: expect.anything(), maxReceiveCount: 5 },
      });
    }
  });

  it('keeps no log for ever', () => {
    for (const { id, properties } of resourcesOf(template, 'AWS::Logs::LogGroup')) {
      expect({ id, days: properties['RetentionInDays'] }).toEqual({ id, days: 7 });
    }
  });

  it('runs our functions on Node.js 24, on arm64 unless they use movies, with a log group and explicit limits', () => {
    for (const { id, properties } of ourFunctions(template)) {
      expect({ id, ...properties }).toEqual(
        expect.objectContaining({
          id,
          Architectures: [x86Functions.has(String(properties['FunctionName'])) ? 'x86_64' : 'arm64'],
          Runtime: 'nodejs24.x',
          MemorySize: expect.any(Number),
          Timeout: expect.any(Number),
          LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching(/Log/u) } },
        }),
      );
    }
  });
});

const tagsOf = (tags: unknown): Record<string, string> => {
  if (!Array.isArray(tags)) {
    return Object.fromEntries(Object.entries(tags ?? {}));
  }
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
};

const deniesPlainText = (template: Template, id: string): boolean =>
  statementsOf(template).some(
    ({ effect, condition, resources }) =>
      effect === 'Deny' &&
      JSON.stringify(condition) === '{"Bool":{"aws:SecureTransport":"false"}}' &&
      JSON.stringify(resources).includes(`"${id}"`),
  );

/** What reads and makes movies has no build for arm64. */
const x86Functions = new Set(['fanfare-dev-studio-inspect', 'fanfare-dev-studio-make-long']);

/** What the CDK allows the function that empties a bucket before its deletion. */
const emptying = 's3:DeleteObject* s3:GetBucket* s3:List* s3:PutBucketPolicy';

const untaggable = new Set([
  'AWS::CloudWatch::Dashboard',
  'AWS::SNS::Subscription',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
  'Custom::S3BucketNotifications',
  'Custom::VpcRestrictDefaultSG',
]);
