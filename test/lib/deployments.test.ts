import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  auditEnv,
  packChainsEnv,
  projectionEnv,
  receiveEnv,
  signHeadsEnv,
  takeAwsEnv,
} from '../../functions/deployments/env.ts';
import { createFanfare } from '../../lib/fanfare.ts';
import { onceBuilt } from '../../tools/build.ts';
import { grantsOf, inNetwork, list, logs, on } from './grants.ts';
import {
  patience,
  readTemplate,
  type Resource,
  resourcesOf,
  type Template,
  theResource,
} from './templates.ts';

let template: Template;
let production: Template;
beforeAll(async () => {
  template = await readTemplate('deployments');
  production = await readTemplate('deployments', 'prod');
}, patience);

const functionCalled = (id: string): Resource =>
  theResource(template, 'AWS::Lambda::Function', `${id}Function`);

const functions: readonly [string, z.ZodObject][] = [
  ['Receive', receiveEnv],
  ['AwsChangesTakeAws', takeAwsEnv],
  ['Record', projectionEnv],
  ['CatchUp', projectionEnv],
  ['SignedHeadsSignHeads', signHeadsEnv],
  ['PackedChainsPackChains', packChainsEnv],
  ['Report', projectionEnv],
  ['Audit', auditEnv],
];

describe('the functions of deployments', () => {
  it.each(functions)('%s has exactly the variables that it parses', (id, schema) => {
    const variables = Object.keys(functionCalled(id).properties['Environment'].Variables);
    expect(variables.filter((name) => !name.startsWith('POWERTOOLS_')).toSorted()).toEqual(
      Object.keys(schema.shape).toSorted(),
    );
  });

  it.each([
    ['Receive', false],
    ['AwsChangesTakeAws', false],
    ['Record', true],
    ['CatchUp', true],
    ['SignedHeadsSignHeads', false],
    ['PackedChainsPackChains', false],
    ['Report', true],
    ['Audit', false],
  ])('%s is in the network only if it talks to Redis', (id, isInside) => {
    expect(functionCalled(id).properties['VpcConfig'] !== undefined).toBe(isInside);
  });

  const readsArchive = [
    ...on('Archive', 'chains/', 'GetObject'),
    ...on('Archive', 'packs/', 'GetObject'),
    list('Archive'),
  ];
  const readsDirectory = [...on('Work', 'directory/', 'GetObject'), list('Work')];

  it.each<[string, string[]]>([
    [
      'Receive',
      [
        ...readsDirectory,
        'sqs:SendMessage on RecordQueue',
        'secretsmanager:GetSecretValue on arn:Partition:secretsmanager:Region:AccountId:secret:fanfare/dev/deployments/*',
      ],
    ],
    [
      'AwsChangesTakeAws',
      [
        ...readsDirectory,
        'sqs:SendMessage on RecordQueue',
        'codedeploy:GetDeployment on arn:Partition:codedeploy:*:AccountId:deploymentgroup:*',
      ],
    ],
    [
      'CatchUp',
      [
        ...inNetwork('deployments'),
        ...readsArchive,
        ...on('Work', 'to-do/behind/', 'GetObject', 'DeleteObject'),
        list('Work'),
      ],
    ],
    [
      'SignedHeadsSignHeads',
      [
        ...readsArchive,
        ...on('Work', 'to-do/unsigned/', 'GetObject', 'DeleteObject'),
        list('Work'),
        ...on('SignedHeads', 'heads/', 'GetObject', 'PutObject'),
        list('SignedHeads'),
        'kms:Sign on SignedHeadsKey',
      ],
    ],
    [
      'PackedChainsPackChains',
      [
        ...readsArchive,
        ...on('Archive', 'packs/', 'PutObject'),
        ...on('Work', 'packing/', 'GetObject', 'PutObject'),
        list('Work'),
        ...on('SignedHeads', 'heads/', 'GetObject'),
        list('SignedHeads'),
      ],
    ],
    ['Report', [...inNetwork('deployments'), ...readsArchive, ...readsDirectory]],
    [
      'Audit',
      [
        ...on('Archive', 'chains/', 'GetObject'),
        list('Archive'),
        ...on('SignedHeads', 'heads/', 'GetObject'),
        list('SignedHeads'),
        'kms:GetPublicKey on SignedHeadsKey',
      ],
    ],
    [
      'Record',
      [
        ...inNetwork('deployments'),
        ...readsArchive,
        ...on('Archive', 'chains/', 'PutObject'),
        ...on('Work', 'to-do/unsigned/', 'PutObject'),
        ...on('Work', 'to-do/behind/', 'PutObject'),
        ...[
          'ChangeMessageVisibility',
          'DeleteMessage',
          'GetQueueAttributes',
          'GetQueueUrl',
          'ReceiveMessage',
        ].map((action) => `sqs:${action} on RecordQueue`),
      ],
    ],
  ])('%s: its own work, and nothing else', (id, expected) => {
    const granted = [...new Set(grantsOf(template, id))].filter((grant) => !/DeadLetters/u.test(grant));
    expect(granted.toSorted()).toEqual([...new Set([...expected, ...logs(id)])].toSorted());
  });
});

describe('the archive and its signed heads', () => {
  it.each([
    ['Archive', 'dev', 'GOVERNANCE', 1],
    ['Archive', 'prod', 'COMPLIANCE', 2555],
    ['SignedHeads', 'dev', 'GOVERNANCE', 1],
    ['SignedHeads', 'prod', 'COMPLIANCE', 2555],
  ])('%s of %s is versioned, locked and outlives its stack', (id, stage, mode, days) => {
    const bucket = theResource(stage === 'dev' ? template : production, 'AWS::S3::Bucket', `${id}Bucket`);
    expect(bucket.properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: days } } },
    });
    expect(bucket.deletionPolicy).toBe('Retain');
  });

  it('are signed with a key that signs only, and is kept', () => {
    const [key] = resourcesOf(template, 'AWS::KMS::Key');
    expect(key?.properties).toMatchObject({
      KeySpec: 'ECC_NIST_EDWARDS25519',
      KeyUsage: 'SIGN_VERIFY',
    });
    expect(key?.deletionPolicy).toBe('Retain');
  });
});

describe('the queue of events', () => {
  it('keeps the order within a service, lets services pass each other, and takes what is sent twice once', () => {
    const queues = resourcesOf(template, 'AWS::SQS::Queue').filter(
      ({ id, properties }) => properties['FifoQueue'] === true && !id.includes('DeadLetters'),
    );
    expect(queues).toHaveLength(1);
    expect(queues[0]?.properties).toMatchObject({
      FifoQueue: true,
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
      VisibilityTimeout: 360,
    });
  });

  it('sets failures aside in order too', () => {
    expect(
      theResource(template, 'AWS::SQS::Queue', 'RecordQueueDeadLettersQueue').properties['FifoQueue'],
    ).toBe(true);
  });
});

describe('the API', () => {
  it('lets machines sign, and asks people to sign in', () => {
    const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(({ properties }) => [
      properties['RouteKey'],
      properties['AuthorizationType'],
    ]);
    expect(routes.filter(([key]) => String(key).startsWith('POST'))).toEqual([
      ['POST /deployments/events', 'NONE'],
      ['POST /deployments/webhooks/{tool}/{connection}', 'NONE'],
    ]);
    const questions = routes.filter(([key]) => String(key).startsWith('GET'));
    expect(questions.length).toBeGreaterThan(5);
    expect(new Set(questions.map(([, type]) => type))).toEqual(new Set(['JWT']));
  });
});

it('takes alarms, stacks, CodeDeploy and Lambda from the bus, and no alarm that is only new', () => {
  const rules = resourcesOf(template, 'AWS::Events::Rule').flatMap(
    ({ properties }) => properties['EventPattern'] ?? [],
  );
  expect(new Set(rules.flatMap(({ source }: { source: string[] }) => source))).toEqual(
    new Set(['aws.cloudwatch', 'aws.cloudformation', 'aws.codedeploy', 'aws.lambda']),
  );
  expect(JSON.stringify(rules)).toContain(
    '"state":{"value":["OK"]},"previousState":{"reason":[{"anything-but":{"prefix":"Unchecked:"}}]}',
  );
});

describe('a deployment', { timeout: patience }, () => {
  it.each([
    [{ deployedAt: '2026-11-21T16:00:00Z' }, 1],
    [{}, 0],
  ])('is refused while nobody could sign in; a synthesis is not: %j', async (context, count) => {
    const app = await onceBuilt(async () => createFanfare({ context }));
    const { metadata } = app.node.findChild('fanfare-dev-deployments').node;
    const errors = metadata.filter(({ type }) => type === 'aws:cdk:error').map(({ data }) => String(data));
    expect(errors).toHaveLength(count);
    expect(errors.every((each) => each.includes('Write your OpenID Connect issuer there'))).toBe(true);
  });
});
