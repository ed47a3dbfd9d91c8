import { createHash } from 'node:crypto';
import type { Resource } from './assembly.ts';
import type { Identity } from './intrinsics.ts';

/** Where the parts of the stage listen. */
export interface Places {
  readonly account: string;
  readonly region: string;
  /** `http://host:port` of S3 and SQS. */
  readonly awsEndpoint: string;
  /** `host:port` of the site. */
  readonly site: string;
  /** `http://host:port` of an HTTP API. */
  readonly apiEndpoint: (resource: Resource) => string;
  /** There is one when the template declares a cache. */
  readonly redis: { readonly host: string; readonly port: number } | undefined;
}

/** The physical name of a resource: as CloudFormation makes one of stack and logical id, but the same in every run. */
export function physicalName({ stack, logicalId }: Resource, maxLength: number): string {
  const name = `${stack}-${logicalId}`;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return name.length <= maxLength ? name : `${name.slice(0, maxLength - 9)}-${digest}`;
}

export const bucketName = (resource: Resource): string => physicalName(resource, 63).toLowerCase();
export const queueName = (resource: Resource): string =>
  resource.properties['FifoQueue'] === true
    ? `${physicalName(resource, 75)}.fifo`
    : physicalName(resource, 80);
export const functionName = (resource: Resource): string => givenName(resource, 'FunctionName', 64);
export const topicName = (resource: Resource): string => givenName(resource, 'TopicName', 256);
export const alarmName = (resource: Resource): string => givenName(resource, 'AlarmName', 255);
export const apiId = (resource: Resource): string => physicalName(resource, 40);

/** The name that the template gives; it must be a plain text, as it is needed before anything else is known. */
function givenName(resource: Resource, property: string, maxLength: number): string {
  const given = resource.properties[property];
  if (given === undefined) {
    return physicalName(resource, maxLength);
  }
  if (typeof given !== 'string') {
    throw new TypeError(
      `${property} of ${resource.stack}/${resource.logicalId} is no plain text: the local stage needs one.`,
    );
  }
  return given;
}

/** What `Ref` and `Fn::GetAtt` give for each type of resource in the local stage. */
export function identify(resource: Resource, places: Places): Identity {
  const { account, region } = places;
  const arn = (service: string, name: string): string => `arn:aws:${service}:${region}:${account}:${name}`;
  switch (resource.type) {
    case 'AWS::S3::Bucket': {
      const name = bucketName(resource);
      return {
        ref: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        },
      };
    }
    case 'AWS::SQS::Queue': {
      const name = queueName(resource);
      return {
        ref: `${places.awsEndpoint}/${account}/${name}`,
        attributes: {
          Arn: arn('sqs', name),
          QueueName: name,
          QueueUrl: `${places.awsEndpoint}/${account}/${name}`,
        },
      };
    }
    case 'AWS::Lambda::Function': {
      const name = functionName(resource);
      return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
    }
    case 'AWS::ApiGatewayV2::Api':
      return {
        ref: apiId(resource),
        attributes: { ApiEndpoint: places.apiEndpoint(resource), ApiId: apiId(resource) },
      };
    case 'AWS::CloudFront::Distribution':
      return {
        ref: physicalName(resource, 40),
        attributes: { DomainName: places.site, Id: physicalName(resource, 40) },
      };
    case 'AWS::ElastiCache::ServerlessCache':
      return {
        ref: String(resource.properties['ServerlessCacheName']),
        attributes: {
          ARN: arn('elasticache', `serverlesscache:${String(resource.properties['ServerlessCacheName'])}`),
          'Endpoint.Address': places.redis?.host ?? '',
          'Endpoint.Port': String(places.redis?.port ?? ''),
        },
      };
    case 'AWS::SNS::Topic': {
      const name = topicName(resource);
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    }
    case 'AWS::CloudWatch::Alarm':
    case 'AWS::CloudWatch::CompositeAlarm':
      return {
        ref: alarmName(resource),
        attributes: { Arn: arn('cloudwatch', `alarm:${alarmName(resource)}`) },
      };
    case 'AWS::KMS::Key': {
      const name = physicalName(resource, 64);
      return { ref: name, attributes: { Arn: arn('kms', `key/${name}`), KeyId: name } };
    }
    case 'AWS::Events::Rule': {
      const name = physicalName(resource, 64);
      return { ref: name, attributes: { Arn: arn('events', `rule/${name}`) } };
    }
    default:
      return identityOfName(resource, arn);
  }
}

/** For types of which the stage needs no more than that references to them differ. */
function identityOfName(resource: Resource, arn: (service: string, name: string) => string): Identity {
  const name = physicalName(resource, 64);
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'custom';
  return {
    ref: name,
    attributes: {
      Arn: arn(service, name),
      Id: name,
      GroupId: name,
      RoleId: name,
      VpcId: name,
    },
  };
}
