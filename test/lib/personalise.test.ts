import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  acceptUploadEnv,
  campaignsEnv,
  jobStatusEnv,
  renderEnv,
  requestUploadEnv,
} from '../../functions/personalise/env.ts';
import {
  ourFunctions,
  readTemplate,
  type Resource,
  resourcesOf,
  type Template,
  theResource,
  patience,
} from './templates.ts';

let template: Template;
beforeAll(async () => {
  template = await readTemplate('personalise');
}, patience);

const lambdaType = 'AWS::Lambda::Function';
const functionCalled = (id: string): Resource => theResource(template, lambdaType, `${id}Function`);
describe('the functions of personalise', () => {
  it.each<[string, z.ZodObject]>([
    ['OpenCampaigns', campaignsEnv],
    ['RequestUpload', requestUploadEnv],
    ['AcceptUpload', acceptUploadEnv],
    ['Render', renderEnv],
    ['JobStatus', jobStatusEnv],
  ])('%s has exactly the variables that it parses', (id, schema) => {
    const variables = Object.keys(functionCalled(id).properties['Environment'].Variables);
    const ofTheRuntime = /^(POWERTOOLS_|MALLOC_ARENA_MAX$)/u;
    expect(variables.filter((name) => !ofTheRuntime.test(name)).toSorted()).toEqual(
      Object.keys(schema.shape).toSorted(),
    );
  });

  it.each([
    ['OpenCampaigns', 256, 5],
    ['RequestUpload', 512, 10],
    ['AcceptUpload', 512, 30],
    ['Render', 1769, 30],
    ['JobStatus', 256, 29],
  ])('%s has %i MB and %i seconds', (id, memory, seconds) => {
    expect(functionCalled(id).properties).toMatchObject({ MemorySize: memory, Timeout: seconds });
  });

  it('are in the network exactly when they use the cache', () => {
    for (const { id, properties } of ourFunctions(template)) {
      const usesCache = properties['Environment'].Variables.REDIS_ENDPOINT !== undefined;
      expect({ id, inNetwork: properties['VpcConfig'] !== undefined }).toEqual({ id, inNetwork: usesCache });
    }
  });

  it('know their own time-out', () => {
    const { properties } = functionCalled('Render');
    expect(Number(properties['Environment'].Variables.TIMEOUT_MS)).toBe(properties['Timeout'] * 1000);
  });

  it('load sharp only where pictures are drawn, and find it in the layer', async () => {
    const withLayer = ourFunctions(template).filter(({ properties }) => properties['Layers'] !== undefined);
    expect(withLayer.map(({ id }) => id)).toEqual([functionCalled('Render').id]);
    const built = path.join(import.meta.dirname, '../../build/functions/personalise');
    for (const name of await readdir(built)) {
      const bundle = await readFile(path.join(built, name, 'index.mjs'), 'utf8');
      expect({ name, asksForSharp: /\(["']sharp["']\)/u.test(bundle) }).toEqual({
        name,
        asksForSharp: name === 'render',
      });
    }
  });
});

describe('the render queue', () => {
  it('hides a message for six of its consumer’s time-outs and tries five times', () => {
    const { properties } = theResource(template, 'AWS::SQS::Queue', 'RenderQueue1');
    expect(properties).toMatchObject({
      VisibilityTimeout: 6 * functionCalled('Render').properties['Timeout'],
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  it('feeds one message at a time to a bounded number of renders, which report failures one by one', () => {
    const [source, ...others] = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    expect(others).toEqual([]);
    expect(source?.properties).toMatchObject({
      FunctionName: { Ref: functionCalled('Render').id },
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 10 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('keeps dead letters for 14 days', () => {
    for (const { id, properties } of resourcesOf(template, 'AWS::SQS::Queue').filter((queue) =>
      queue.id.includes('DeadLetters'),
    )) {
      expect({ id, seconds: properties['MessageRetentionPeriod'] }).toEqual({ id, seconds: 14 * 86_400 });
    }
  });
});

describe('uploads', () => {
  it('invoke accept-upload, whose failed events are set aside after two retries', () => {
    const [notifications] = resourcesOf(template, 'Custom::S3BucketNotifications');
    expect(notifications?.properties['NotificationConfiguration'].LambdaFunctionConfigurations).toEqual([
      {
        Events: ['s3:ObjectCreated:*'],
        Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'uploads/' }] } },
        LambdaFunctionArn: { 'Fn::GetAtt': [functionCalled('AcceptUpload').id, 'Arn'] },
      },
    ]);
    const [retries] = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig');
    expect(retries?.properties).toMatchObject({
      FunctionName: { Ref: functionCalled('AcceptUpload').id },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: {
        OnFailure: {
          Destination: { 'Fn::GetAtt': [expect.stringMatching(/^AcceptUpload.*DeadLetters/u), 'Arn'] },
        },
      },
    });
  });

  it('live for a day, results and their records for 30, assets for ever', () => {
    const lives = resourcesOf(template, 'AWS::S3::Bucket').map(({ id, properties }) => {
      const rules: { ExpirationInDays?: number }[] = properties['LifecycleConfiguration'].Rules;
      return [id.replace(/Bucket.*/u, ''), rules.find((rule) => rule.ExpirationInDays)?.ExpirationInDays];
    });
    expect(Object.fromEntries(lives)).toEqual({ AccessLogs: 7, Uploads: 1, Results: 30, Assets: undefined });
  });

  it('come from pages of any origin, by POST only', () => {
    const [rule, ...others] = theResource(template, 'AWS::S3::Bucket', 'Uploads').properties[
      'CorsConfiguration'
    ].CorsRules;
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ AllowedMethods: ['POST'], AllowedOrigins: ['*'] });
  });
});

describe('the API of personalise', () => {
  it('has these routes, and no other answers', () => {
    expect(
      resourcesOf(template, 'AWS::ApiGatewayV2::Route')
        .map(({ properties }) => String(properties['RouteKey']))
        .toSorted(),
    ).toEqual([
      'DELETE /personalise/jobs/{id}',
      'GET /personalise/campaigns',
      'GET /personalise/campaigns/{id}',
      'GET /personalise/jobs/{id}',
      'POST /personalise/uploads',
    ]);
  });

  it('is throttled and logs each request as one line of JSON', () => {
    const [stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage');
    expect(stage?.properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      AccessLogSettings: { DestinationArn: expect.anything() },
    });
    expect(JSON.parse(stage?.properties['AccessLogSettings'].Format)).toMatchObject({
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
    });
  });

  it('may be called by pages of any origin, which bring no credentials', () => {
    const [api] = resourcesOf(template, 'AWS::ApiGatewayV2::Api');
    expect(api?.properties['CorsConfiguration']).toMatchObject({ AllowOrigins: ['*'] });
    expect(api?.properties['CorsConfiguration'].AllowCredentials).not.toBe(true);
  });
});
