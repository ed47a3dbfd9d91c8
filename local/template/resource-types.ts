import { type Assembly, keyOf, type Resource } from './assembly.ts';

/** Resource types that the stage runs. */
const run = [
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::Queue',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Stage',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginRequestPolicy',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Events::Rule',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::KMS::Key',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElastiCache::User',
  'AWS::ElastiCache::UserGroup',
  'Custom::S3BucketNotifications',
  'Custom::CDKBucketDeployment',
] as const;
export type RunType = (typeof run)[number];

/** Resource types that it leaves out, each with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'permissions are not evaluated; templates are checked for least privilege instead',
  'AWS::IAM::Policy': 'permissions are not evaluated; templates are checked for least privilege instead',
  'AWS::Lambda::Permission':
    'permissions are not evaluated; templates are checked for least privilege instead',
  'AWS::SQS::QueuePolicy': 'permissions are not evaluated; templates are checked for least privilege instead',
  'AWS::SNS::TopicPolicy': 'permissions are not evaluated; templates are checked for least privilege instead',
  'AWS::CloudFront::OriginAccessControl': 'the local edge reads its buckets directly',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::EC2::VPC': 'there is no network between processes of one machine',
  'AWS::EC2::Subnet': 'there is no network between processes of one machine',
  'AWS::EC2::RouteTable': 'there is no network between processes of one machine',
  'AWS::EC2::SubnetRouteTableAssociation': 'there is no network between processes of one machine',
  'AWS::EC2::SecurityGroup': 'there is no network between processes of one machine',
  'AWS::EC2::SecurityGroupEgress': 'there is no network between processes of one machine',
  'AWS::EC2::SecurityGroupIngress': 'there is no network between processes of one machine',
  'AWS::EC2::VPCEndpoint': 'there is no network between processes of one machine',
  'AWS::EC2::FlowLog': 'there is no network between processes of one machine',
  'Custom::VpcRestrictDefaultSG': 'there is no network between processes of one machine',
  'AWS::CloudWatch::Dashboard': 'there is nothing to draw them; the console shows the alarms',
  'Custom::S3AutoDeleteObjects': 'buckets end with the stage, or stay in the folder given with --data',
  'AWS::CDK::Metadata': 'describes the template only',
};

export interface SortedResources {
  readonly ofType: (type: RunType) => Resource[];
  /** What is not run, by type, with the reason. */
  readonly leftOut: ReadonlyMap<string, string>;
}

/** Sorts the resources of an assembly. A type that the stage has never heard of is an error: it would behave differently from the cloud without a word. */
export function sortResources(assembly: Assembly): SortedResources {
  const resources = assembly.stacks.flatMap((stack) => [...stack.resources.values()]);
  const known = new Set<string>([...run, ...Object.keys(leftOut)]);
  const strangers = resources.filter(({ type }) => !known.has(type));
  if (strangers.length > 0) {
    throw new Error(
      `The local stage does not know ${strangers.map(({ type, stack, logicalId }) => `${type} (${stack}/${logicalId})`).join(', ')}. ` +
        'Teach it in local/template/resource-types.ts to run the type, or to leave it out with a reason.',
    );
  }
  const providers = providersOf(resources);
  const left = new Map<string, string>();
  for (const { type } of resources) {
    const reason = leftOut[type];
    if (reason !== undefined) {
      left.set(type, reason);
    }
  }
  if (providers.size > 0) {
    left.set(
      'AWS::Lambda::Function behind Custom::*',
      'the stage does itself what these do during a deployment',
    );
  }
  return {
    ofType: (type) =>
      resources.filter((resource) => resource.type === type && !providers.has(keyOf(resource))),
    leftOut: left,
  };
}

/** The CDK's own functions: those that stand behind custom resources. */
function providersOf(resources: readonly Resource[]): Set<string> {
  return new Set(
    resources.flatMap(({ stack, properties }) => {
      const token = properties['ServiceToken'];
      const reference =
        typeof token === 'object' && token !== null && 'Fn::GetAtt' in token ? token['Fn::GetAtt'] : [];
      return Array.isArray(reference) ? [keyOf({ stack, logicalId: String(reference[0]) })] : [];
    }),
  );
}
