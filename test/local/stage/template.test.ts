import { describe, expect, it } from 'vitest';
import { startStage } from '../../../local/stage.ts';
import { type Assembly, loadAssembly } from '../../../local/template/assembly.ts';
import { Intrinsics } from '../../../local/template/intrinsics.ts';
import { sortResources } from '../../../local/template/resource-types.ts';
import { bundle, lambda, site, type StackOf, writeAssembly } from './assembly-fixture.ts';

const intrinsicsOf = (assembly: Assembly): Intrinsics =>
  new Intrinsics(assembly, {
    account: '000000000000',
    region: 'eu-west-1',
    identify: ({ stack, logicalId }) => ({
      ref: `${stack}-${logicalId}`,
      attributes: { Arn: `arn:${logicalId}`, 'Endpoint.Address': 'address' },
    }),
  });

const load = async (resources: StackOf['resources'], outputs: StackOf['outputs'] = {}): Promise<Assembly> =>
  loadAssembly(
    await writeAssembly({
      main: { resources, outputs },
      other: {
        resources: { Topic: { Type: 'AWS::SNS::Topic' } },
        outputs: {
          TopicArn: { Value: { Ref: 'Topic' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:topic' } } },
        },
      },
    }),
  );

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Thing' }, 'main-Thing'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::StackName' }, 'main'],
    [{ 'Fn::GetAtt': ['Thing', 'Arn'] }, 'arn:Thing'],
    [{ 'Fn::GetAtt': ['Thing', 'Endpoint.Address'] }, 'address'],
    [{ 'Fn::GetAtt': 'Thing.Endpoint.Address' }, 'address'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Thing' }, 1]] }, 'a-main-Thing-1'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [
      { 'Fn::Sub': '${Thing}:${Thing.Arn}:${AWS::AccountId}:${!Literal}' },
      'main-Thing:arn:Thing:000000000000:${Literal}',
    ],
    [{ 'Fn::Sub': ['${name}/${Thing}', { name: { Ref: 'AWS::Partition' } }] }, 'aws/main-Thing'],
    [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    [{ 'Fn::ImportValue': { 'Fn::Join': [':', ['other', 'topic']] } }, 'other-Topic'],
    [{ 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'TopicArn' } }, 'other-Topic'],
    [
      { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { Ref: 'AWS::NoValue' }] },
      { kept: 1, list: [1] },
    ],
    [
      { Version: '2012', Ref2: [true, null] },
      { Version: '2012', Ref2: [true, null] },
    ],
  ])('resolves %j', async (value, expected) => {
    const assembly = await load({ Thing: { Type: 'AWS::SNS::Topic' } });
    expect(intrinsicsOf(assembly).resolve(value, 'main')).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Nothing' }, 'There is no resource Nothing in the stack main'],
    [{ 'Fn::GetAtt': ['Thing', 'Colour'] }, 'does not know the attribute Colour of main/Thing'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'does not know Fn::Cidr'],
    [{ 'Fn::Select': [5, ['a']] }, 'Fn::Select has no element 5'],
    [{ 'Fn::ImportValue': 'nobody:exports' }, 'No stack exports nobody:exports'],
    [
      { 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'None' } },
      'no output None of the stack other',
    ],
  ])('says what is wrong with %j', async (value, message) => {
    const assembly = await load({ Thing: { Type: 'AWS::SNS::Topic' } });
    expect(() => intrinsicsOf(assembly).resolve(value, 'main')).toThrow(message);
  });

  it('give the outputs of every stack', async () => {
    const assembly = await load(
      { Thing: { Type: 'AWS::SNS::Topic' } },
      { Arn: { Value: { 'Fn::GetAtt': ['Thing', 'Arn'] } } },
    );
    expect(intrinsicsOf(assembly).outputs()).toEqual({
      main: { Arn: 'arn:Thing' },
      other: { TopicArn: 'other-Topic' },
    });
  });
});

describe('resource types', () => {
  it('are an error when the stage does not know one, with its name and what to do', async () => {
    const assembly = await load({ Table: { Type: 'AWS::DynamoDB::Table' } });
    expect(() => sortResources(assembly)).toThrow(
      'The local stage does not know AWS::DynamoDB::Table (main/Table). Teach it in local/template/resource-types.ts',
    );
  });

  it('are left out with a reason, or run', async () => {
    const assembly = await load({
      Role: { Type: 'AWS::IAM::Role' },
      Queue: { Type: 'AWS::SQS::Queue' },
      Provider: lambda('any'),
      Custom: {
        Type: 'Custom::CDKBucketDeployment',
        Properties: { ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] } },
      },
      Own: lambda('any'),
    });
    const sorted = sortResources(assembly);
    expect(sorted.ofType('AWS::SQS::Queue').map(({ logicalId }) => logicalId)).toEqual(['Queue']);
    expect(sorted.ofType('AWS::Lambda::Function').map(({ logicalId }) => logicalId)).toEqual(['Own']);
    expect([...sorted.leftOut.keys()].toSorted()).toEqual([
      'AWS::IAM::Role',
      'AWS::Lambda::Function behind Custom::*',
    ]);
  });
});

describe('a template that asks for what the stage cannot do', () => {
  const assets = { fine: bundle('export const handler = async () => 1;') };
  const start = async (resources: StackOf['resources']): Promise<unknown> => {
    const assembly = await writeAssembly({ main: { resources: { ...site, ...resources } } }, assets);
    const stage = await startStage({ assembly });
    await stage.stop();
    return stage;
  };

  it.each([
    ['main/Fn', 'nodejs24.x only', { Fn: lambda('fine', { Runtime: 'python3.13' }) }],
    [
      'main/Filtered',
      'does not follow this property',
      {
        Fn: lambda('fine'),
        Queue: { Type: 'AWS::SQS::Queue' },
        Filtered: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            FunctionName: { Ref: 'Fn' },
            FilterCriteria: { Filters: [] },
          },
        },
      },
    ],
    [
      'main/Mapping',
      'SQS event sources only',
      {
        Fn: lambda('fine'),
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: { EventSourceArn: 'arn:aws:kinesis:stream', FunctionName: { Ref: 'Fn' } },
        },
      },
    ],
    [
      'main/Route',
      'no authorizers',
      {
        Route: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: 'x',
            RouteKey: 'GET /',
            Target: 'integrations/x',
            AuthorizationType: 'AWS_IAM',
          },
        },
      },
    ],
    [
      'main/Deployment',
      'does not prune',
      {
        Deployment: {
          Type: 'Custom::CDKBucketDeployment',
          Properties: {
            ServiceToken: 'provider',
            SourceBucketNames: ['assets'],
            SourceObjectKeys: ['fine.zip'],
            DestinationBucketName: { Ref: 'Pages' },
            Prune: true,
          },
        },
      },
    ],
    [
      'main/Notifications',
      'notifications to functions only',
      {
        Notifications: {
          Type: 'Custom::S3BucketNotifications',
          Properties: {
            ServiceToken: 'provider',
            BucketName: { Ref: 'Pages' },
            NotificationConfiguration: { QueueConfigurations: [] },
          },
        },
      },
    ],
  ] satisfies [string, string, StackOf['resources']][])(
    'does not start, and names %s: %s',
    async (name, message, resources) => {
      await expect(start(resources)).rejects.toThrow(message);
      await expect(start(resources)).rejects.toThrow(name);
    },
  );

  it('does not start without a distribution, or without a stack', async () => {
    const assembly = await writeAssembly({ main: { resources: { Queue: { Type: 'AWS::SQS::Queue' } } } });
    await expect(startStage({ assembly })).rejects.toThrow('serves one distribution; the template has 0');
    await expect(startStage({ assembly: await writeAssembly({}) })).rejects.toThrow('There is no stack in');
  });
});
