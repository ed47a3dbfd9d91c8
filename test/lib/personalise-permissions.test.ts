import { beforeAll, describe, expect, it } from 'vitest';
import { grantsOf, inNetwork, list, logs, nameOf, network, on } from './grants.ts';
import {
  ourFunctions,
  readTemplate,
  statementsOf,
  type Template,
  theResource,
  patience,
} from './templates.ts';

let template: Template;
beforeAll(async () => {
  template = await readTemplate('personalise');
}, patience);

describe('what the functions may do', () => {
  const allOfResults = ['jobs/', 'pictures/', 'personalise/results/'].flatMap((prefix) =>
    on('Results', prefix, 'DeleteObject', 'GetObject', 'PutObject'),
  );

  it.each<[string, string[]]>([
    ['OpenCampaigns', [...on('Assets', 'campaigns/', 'GetObject'), list('Assets')]],
    [
      'RequestUpload',
      [
        ...inNetwork('personalise'),
        ...on('Assets', 'campaigns/', 'GetObject'),
        list('Assets'),
        ...on('Uploads', 'uploads/', 'PutObject'),
        ...on('Results', 'jobs/', 'PutObject'),
      ],
    ],
    [
      'AcceptUpload',
      [
        ...on('Uploads', 'uploads/', 'GetObject', 'DeleteObject'),
        list('Uploads'),
        ...on('Results', 'jobs/', 'GetObject', 'PutObject'),
        list('Results'),
        'sqs:SendMessage on RenderQueue',
        ...['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map(
          (action) => `sqs:${action} on AcceptUploadRetriesDeadLettersQueue`,
        ),
      ],
    ],
    [
      'Render',
      [
        ...inNetwork('personalise'),
        ...on('Assets', 'campaigns/', 'GetObject'),
        list('Assets'),
        ...on('Uploads', 'uploads/', 'GetObject'),
        list('Uploads'),
        ...allOfResults,
        list('Results'),
        ...[
          'ChangeMessageVisibility',
          'DeleteMessage',
          'GetQueueAttributes',
          'GetQueueUrl',
          'ReceiveMessage',
        ].map((action) => `sqs:${action} on RenderQueue`),
      ],
    ],
    [
      'JobStatus',
      [
        ...inNetwork('personalise'),
        ...on('Uploads', 'uploads/', 'DeleteObject'),
        ...allOfResults,
        list('Results'),
      ],
    ],
  ])('%s: this and nothing else', (id, expected) => {
    expect(grantsOf(template, id).toSorted()).toEqual([...logs(id), ...expected].toSorted());
  });

  it('gives no role a policy of AWS', () => {
    for (const { id } of ourFunctions(template)) {
      const role = theResource(template, 'AWS::IAM::Role', id.replace(/Function[0-9A-F]{8}$/u, 'Role'));
      expect(role.properties['ManagedPolicyArns']).toBeUndefined();
    }
  });

  it('denies the code of functions in the network what Lambda may do with network interfaces', () => {
    const denials = statementsOf(template).filter(
      ({ effect, principal }) => effect === 'Deny' && principal === undefined,
    );
    expect(denials.map(({ owner }) => owner.replace(/Role.*$/u, '')).toSorted()).toEqual([
      'JobStatus',
      'Render',
      'RequestUpload',
    ]);
    for (const { actions, condition } of denials) {
      expect(actions.map((action) => `${action} on *`)).toEqual(network);
      expect(condition).toEqual({ ArnLike: { 'lambda:SourceFunctionArn': expect.anything() } });
    }
  });
});

describe('what CloudFront may read', () => {
  it('is results and previews, by distributions of this account', () => {
    const readers = statementsOf(template).filter(
      ({ principal }) => JSON.stringify(principal) === '{"Service":"cloudfront.amazonaws.com"}',
    );
    expect(
      readers
        .map(({ actions, resources }) => `${actions.join()} on ${resources.map(nameOf).join()}`)
        .toSorted(),
    ).toEqual([
      's3:GetObject on AssetsBucket/personalise/previews/*',
      's3:GetObject on ResultsBucket/personalise/results/*',
      's3:ListBucket on ResultsBucket',
    ]);
    for (const { condition } of readers) {
      expect(nameOf(condition)).toContain('AWS:SourceArn:arn:Partition:cloudfront::AccountId:distribution/*');
    }
  });
});
