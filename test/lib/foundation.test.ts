import { beforeAll, describe, expect, it } from 'vitest';
import { teamNames } from '../../lib/teams.ts';
import {
  readTemplate,
  resourcesOf,
  stackNames,
  statementsOf,
  type Template,
  theResource,
  patience,
} from './templates.ts';

let template: Template;
beforeAll(async () => {
  template = await readTemplate('foundation');
}, patience);

describe('the network', () => {
  it('has two zones of subnets and no way to the internet', () => {
    expect(resourcesOf(template, 'AWS::EC2::Subnet')).toHaveLength(2);
    for (const type of ['InternetGateway', 'NatGateway', 'EIP', 'Route', 'VPCGatewayAttachment']) {
      expect(resourcesOf(template, `AWS::EC2::${type}`)).toEqual([]);
    }
  });

  it('reaches S3 by a gateway, which costs nothing, and only buckets of its own account', () => {
    const [endpoint, ...others] = resourcesOf(template, 'AWS::EC2::VPCEndpoint');
    expect(others).toEqual([]);
    expect(endpoint?.properties['VpcEndpointType']).toBe('Gateway');
    expect(endpoint?.properties['PolicyDocument'].Statement).toEqual([
      expect.objectContaining({
        Effect: 'Allow',
        Condition: { StringEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  it('takes the rules out of the default security group', () => {
    expect(resourcesOf(template, 'Custom::VpcRestrictDefaultSG')).toHaveLength(1);
  });

  it('lets in nothing but the cache’s clients to the cache', () => {
    const inline = resourcesOf(template, 'AWS::EC2::SecurityGroup').flatMap(
      ({ properties }) => properties['SecurityGroupIngress'] ?? [],
    );
    expect(inline).toEqual([]);
    const [ingress, ...others] = resourcesOf(template, 'AWS::EC2::SecurityGroupIngress');
    expect(others).toEqual([]);
    expect(ingress?.properties).toMatchObject({
      IpProtocol: 'tcp',
      FromPort: 6379,
      ToPort: 6380,
      GroupId: { 'Fn::GetAtt': [expect.stringMatching(/^NetworkCache/u), 'GroupId'] },
      SourceSecurityGroupId: { 'Fn::GetAtt': [expect.stringMatching(/^NetworkClients/u), 'GroupId'] },
    });
  });

  it('logs what it refused', () => {
    const [log] = resourcesOf(template, 'AWS::EC2::FlowLog');
    expect(log?.properties).toMatchObject({ TrafficType: 'REJECT', LogDestinationType: 'cloud-watch-logs' });
  });
});

describe('the cache', () => {
  it('is serverless Valkey in the isolated subnets, with limits', () => {
    const [cache] = resourcesOf(template, 'AWS::ElastiCache::ServerlessCache');
    expect(cache?.properties).toMatchObject({
      Engine: 'valkey',
      ServerlessCacheName: 'fanfare-dev',
      CacheUsageLimits: { DataStorage: { Maximum: 1, Unit: 'GB' }, ECPUPerSecond: { Maximum: 5000 } },
      UserGroupId: { Ref: theResource(template, 'AWS::ElastiCache::UserGroup', 'Cache').id },
    });
    expect(cache?.properties['SubnetIds']).toHaveLength(2);
  });

  it('knows only users that authenticate by IAM: no default user, nobody without a password', () => {
    const users = resourcesOf(template, 'AWS::ElastiCache::User');
    expect(users.map(({ properties }) => properties['UserName'])).toEqual([
      'fanfare-dev-personalise',
      'fanfare-dev-studio',
      'fanfare-dev-deployments',
    ]);
    for (const { properties } of users) {
      expect(properties).toMatchObject({
        Engine: 'valkey',
        AuthenticationMode: { Type: 'iam' },
        // IAM authentication demands it.
        UserId: properties['UserName'].toLowerCase(),
      });
      expect(properties['NoPasswordRequired']).toBeUndefined();
      expect(properties['Passwords']).toBeUndefined();
    }
    const [group] = resourcesOf(template, 'AWS::ElastiCache::UserGroup');
    expect(group?.properties).toMatchObject({
      Engine: 'valkey',
      UserIds: users.map(({ id }) => ({ Ref: id })),
    });
  });
});

describe('alarm topics', () => {
  it('are two for each team, named for whom and how urgent, and tagged with whom they are for', () => {
    const names = teamNames.flatMap((team) =>
      ['page', 'ticket'].map((severity) => ({ team, name: `fanfare-dev-${team}-${severity}` })),
    );
    expect(
      resourcesOf(template, 'AWS::SNS::Topic').map(({ properties }) => ({
        team: properties['Tags'].find(({ Key }: { Key: string }) => Key === 'Team').Value,
        name: properties['TopicName'],
      })),
    ).toEqual(names);
  });

  it('take messages from CloudWatch of this account, and from nobody without TLS', () => {
    for (const topic of resourcesOf(template, 'AWS::SNS::Topic')) {
      const statements = statementsOf(template).filter(({ resources }) =>
        JSON.stringify(resources).includes(`"${topic.id}"`),
      );
      expect(statements).toEqual([
        expect.objectContaining({
          effect: 'Deny',
          condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
        expect.objectContaining({
          effect: 'Allow',
          actions: ['sns:Publish'],
          principal: { Service: 'cloudwatch.amazonaws.com' },
          condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }),
      ]);
    }
  });
});

/** What is billed by the hour, whether it is used or not. Valkey's floor is the one exception. */
const billedWhenIdle =
  /^AWS::(EC2::(NatGateway|EIP|Instance)|ElasticLoadBalancingV2::LoadBalancer|RDS::.*|ElastiCache::(CacheCluster|ReplicationGroup)|KMS::Key|SecretsManager::Secret|WAFv2::WebACL|Kinesis::Stream|OpenSearchService::Domain|ECS::Service)$/u;

describe.each(stackNames)('the stack of %s', (name) => {
  it('has nothing that costs when idle but the cache, alarms and a key that signs', async () => {
    const stack = await readTemplate(name);
    const types = resourcesOf(stack).map(({ type }) => type);
    // $1 a month: see docs/adr/0071-heads-are-signed-apart.md.
    expect(types.filter((type) => billedWhenIdle.test(type))).toEqual(
      name === 'deployments' ? ['AWS::KMS::Key'] : [],
    );
    const interfaces = resourcesOf(stack, 'AWS::EC2::VPCEndpoint').filter(
      ({ properties }) => properties['VpcEndpointType'] !== 'Gateway',
    );
    expect(interfaces).toEqual([]);
    const provisioned = resourcesOf(stack).filter(({ type }) => type === 'AWS::Lambda::Alias');
    expect(provisioned.filter(({ properties }) => properties['ProvisionedConcurrencyConfig'])).toEqual([]);
  });
});
