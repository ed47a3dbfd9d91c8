import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  editEnv,
  editStatusEnv,
  inspectEnv,
  makeLongEnv,
  requestUploadEnv,
  templatesEnv,
} from '../../functions/studio/env.ts';
import { limits } from '../../functions/studio/domain/route-plan.ts';
import { grantsOf, inNetwork, list, logs, on } from './grants.ts';
import {
  ourFunctions,
  patience,
  readTemplate,
  type Resource,
  resourcesOf,
  type Template,
  theResource,
} from './templates.ts';

let template: Template;
beforeAll(async () => {
  template = await readTemplate('studio');
}, patience);

const functionCalled = (id: string): Resource =>
  theResource(template, 'AWS::Lambda::Function', `${id}Function`);
const layersOf = (id: string): string[] => {
  const layers: { Ref: string }[] = functionCalled(id).properties['Layers'] ?? [];
  return layers.map(({ Ref }) => Ref.replace(/Layer[0-9A-F]{8}$/u, ''));
};

describe('the functions of studio', () => {
  it.each<[string, z.ZodObject]>([
    ['RequestUpload', requestUploadEnv],
    ['InspectUpload', inspectEnv],
    ['Edit', editEnv],
    ['MakeLong', makeLongEnv],
    ['EditStatus', editStatusEnv],
    ['Templates', templatesEnv],
  ])('%s has exactly the variables that it parses', (id, schema) => {
    const variables = Object.keys(functionCalled(id).properties['Environment'].Variables);
    const ofTheRuntime = /^(POWERTOOLS_|MALLOC_ARENA_MAX$)/u;
    expect(variables.filter((name) => !ofTheRuntime.test(name)).toSorted()).toEqual(
      Object.keys(schema.shape).toSorted(),
    );
  });

  it.each([
    ['RequestUpload', 512, 10, 'arm64'],
    ['InspectUpload', 1769, 29, 'x86_64'],
    ['Edit', 1769, 29, 'arm64'],
    ['MakeLong', 3538, 600, 'x86_64'],
    ['EditStatus', 256, 29, 'arm64'],
    ['Templates', 256, 5, 'arm64'],
  ])('%s has %i MB and %i seconds on %s', (id, memory, seconds, architecture) => {
    expect(functionCalled(id).properties).toMatchObject({
      MemorySize: memory,
      Timeout: seconds,
      Architectures: [architecture],
    });
  });

  it('are in the network exactly when they use the cache', () => {
    for (const { id, properties } of ourFunctions(template)) {
      const usesCache = properties['Environment'].Variables.REDIS_ENDPOINT !== undefined;
      expect({ id, inNetwork: properties['VpcConfig'] !== undefined }).toEqual({ id, inNetwork: usesCache });
    }
  });

  it.each(['Edit', 'MakeLong'])('%s knows its own time-out', (id) => {
    const { properties } = functionCalled(id);
    expect(Number(properties['Environment'].Variables.TIMEOUT_MS)).toBe(properties['Timeout'] * 1000);
  });

  it('take on no more than half of what they have time for, and less than they have memory for', () => {
    for (const [id, { milliseconds, bytes }] of [
      ['Edit', limits['at-once']],
      ['MakeLong', limits.queued],
    ] as const) {
      const { properties } = functionCalled(id);
      expect(milliseconds).toBeLessThanOrEqual(properties['Timeout'] * 500);
      expect(bytes).toBeLessThan(properties['MemorySize'] * 1024 * 1024 * 0.75);
    }
  });

  it('have what they draw with in layers for their own processor', () => {
    expect(layersOf('Edit')).toEqual(['Sharp']);
    expect(layersOf('MakeLong')).toEqual(['SharpForMovies', 'WebCodecs']);
    expect(layersOf('InspectUpload')).toEqual(layersOf('MakeLong'));
    for (const id of ['RequestUpload', 'EditStatus', 'Templates']) {
      expect(layersOf(id)).toEqual([]);
    }
    const architectures = resourcesOf(template, 'AWS::Lambda::LayerVersion').map(({ id, properties }) => [
      id.replace(/Layer[0-9A-F]{8}$/u, ''),
      properties['CompatibleArchitectures'],
    ]);
    expect(Object.fromEntries(architectures)).toEqual({
      Sharp: ['arm64'],
      SharpForMovies: ['x86_64'],
      WebCodecs: ['x86_64'],
    });
  });

  it('load sharp only where something is drawn', async () => {
    const built = path.join(import.meta.dirname, '../../build/functions/studio');
    for (const name of await readdir(built)) {
      const bundle = await readFile(path.join(built, name, 'index.mjs'), 'utf8');
      expect({ name, asksForSharp: /\(["']sharp["']\)/u.test(bundle) }).toEqual({
        name,
        asksForSharp: ['edit', 'inspect', 'make-long'].includes(name),
      });
    }
  });
});

describe('the queue of what takes long', () => {
  it('hides a message for six of its consumer’s time-outs and tries five times', () => {
    const { properties } = theResource(template, 'AWS::SQS::Queue', 'MakeQueueC');
    expect(properties).toMatchObject({
      VisibilityTimeout: 6 * functionCalled('MakeLong').properties['Timeout'],
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  it('feeds one message at a time to a bounded number of makers, which report failures one by one', () => {
    const [source, ...others] = resourcesOf(template, 'AWS::Lambda::EventSourceMapping');
    expect(others).toEqual([]);
    expect(source?.properties).toMatchObject({
      FunctionName: { Ref: functionCalled('MakeLong').id },
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 5 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

describe('what is stored', () => {
  it('lives for a day when it was uploaded, for 30 when it was made, for ever when it is drawn with', () => {
    const lives = resourcesOf(template, 'AWS::S3::Bucket').map(({ id, properties }) => {
      const rules: { ExpirationInDays?: number }[] = properties['LifecycleConfiguration'].Rules;
      return [id.replace(/Bucket.*/u, ''), rules.find((rule) => rule.ExpirationInDays)?.ExpirationInDays];
    });
    expect(Object.fromEntries(lives)).toEqual({ AccessLogs: 7, Uploads: 1, Results: 30, Assets: undefined });
    expect(functionCalled('Edit').properties['Environment'].Variables.RESULTS_LIFE_DAYS).toBe('30');
  });

  it('is drawn with from files that are named by their content, and an index that arrives after them', () => {
    const files = theResource(template, 'Custom::CDKBucketDeployment', 'LibraryDeployment');
    const index = theResource(template, 'Custom::CDKBucketDeployment', 'LibraryIndex');
    expect(files.properties).toMatchObject({
      DestinationBucketKeyPrefix: 'studio/library/',
      SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
      Prune: false,
    });
    expect(index.properties).toMatchObject({
      DestinationBucketKeyPrefix: 'studio/',
      SystemMetadata: { 'cache-control': 'no-cache' },
    });
    expect(template.Resources[index.id]?.DependsOn).toContain(files.id);
  });
});

describe('the API of studio', () => {
  it('has these routes, and no other answers', () => {
    expect(
      resourcesOf(template, 'AWS::ApiGatewayV2::Route')
        .map(({ properties }) => String(properties['RouteKey']))
        .toSorted(),
    ).toEqual([
      'DELETE /studio/edits/{id}',
      'GET /studio/edits/{id}',
      'GET /studio/fonts',
      'GET /studio/images/{proxy+}',
      'GET /studio/recipe.schema.json',
      'GET /studio/stickers',
      'GET /studio/templates',
      'GET /studio/templates/{id}',
      'POST /studio/edits',
      'POST /studio/inspect',
      'POST /studio/uploads',
    ]);
  });
});

describe('what the functions may do', () => {
  const readsLibrary = [...on('Assets', 'studio/', 'GetObject'), list('Assets')];
  const makes = [
    ...readsLibrary,
    ...on('Uploads', 'uploads/', 'GetObject'),
    list('Uploads'),
    ...on('Results', 'edits/', 'GetObject', 'PutObject'),
    ...on('Results', 'made/', 'GetObject', 'PutObject', 'DeleteObject'),
    ...on('Results', 'studio/results/', 'GetObject', 'PutObject', 'DeleteObject'),
    list('Results'),
  ];

  it.each<[string, string[]]>([
    ['RequestUpload', [...inNetwork('studio'), ...on('Uploads', 'uploads/', 'PutObject')]],
    ['InspectUpload', [...on('Uploads', 'uploads/', 'GetObject'), list('Uploads')]],
    [
      'Edit',
      [
        ...makes,
        'sqs:SendMessage on MakeQueue',
        'secretsmanager:GetSecretValue on arn:Partition:secretsmanager:Region:AccountId:secret:fanfare/dev/studio-??????',
      ],
    ],
    [
      'MakeLong',
      [
        ...makes,
        ...[
          'ChangeMessageVisibility',
          'DeleteMessage',
          'GetQueueAttributes',
          'GetQueueUrl',
          'ReceiveMessage',
        ].map((action) => `sqs:${action} on MakeQueue`),
      ],
    ],
    [
      'EditStatus',
      [
        ...on('Uploads', 'uploads/', 'DeleteObject'),
        ...on('Results', 'edits/', 'GetObject', 'PutObject'),
        ...on('Results', 'made/', 'GetObject', 'DeleteObject'),
        ...on('Results', 'studio/results/', 'DeleteObject'),
        list('Results'),
        'sqs:SendMessage on MakeQueue',
      ],
    ],
    ['Templates', readsLibrary],
  ])('%s: its own work, and nothing else', (id, expected) => {
    expect([...new Set(grantsOf(template, id))].toSorted()).toEqual([...expected, ...logs(id)].toSorted());
  });
});
