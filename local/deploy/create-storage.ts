import { BucketAlreadyOwnedByYou, CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { followed } from '../template/followed.ts';
import type { AwsFront } from '../aws/aws-front.ts';
import type { Assembly } from '../template/assembly.ts';
import { bucketName, queueName } from '../template/identities.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';
import { deploymentSchema, publishFolder } from './publish-folder.ts';

const corsRuleSchema = followed(
  {
    AllowedMethods: z.array(z.string()),
    AllowedOrigins: z.array(z.string()),
    AllowedHeaders: z.array(z.string()).optional(),
    ExposedHeaders: z.array(z.string()).optional(),
    MaxAge: z.int().optional(),
  },
  ['Id'],
);

const bucketSchema = followed(
  {
    CorsConfiguration: followed({ CorsRules: z.array(corsRuleSchema) }).optional(),
    ObjectLockEnabled: z.boolean().default(false),
  },
  [
    'BucketEncryption',
    'LifecycleConfiguration',
    'LoggingConfiguration',
    'ObjectLockConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'Tags',
    'VersioningConfiguration',
  ],
);

export async function createBuckets(
  s3: S3Client,
  aws: AwsFront,
  resources: SortedResources,
  intrinsics: Intrinsics,
): Promise<void> {
  for (const resource of resources.ofType('AWS::S3::Bucket')) {
    const name = bucketName(resource);
    await s3.send(new CreateBucketCommand({ Bucket: name })).catch((error: unknown) => {
      // Kept from an earlier run.
      if (!(error instanceof BucketAlreadyOwnedByYou)) {
        throw error;
      }
    });
    const { CorsConfiguration, ObjectLockEnabled } = intrinsics.parse(resource, bucketSchema);
    if (ObjectLockEnabled) {
      aws.lock(name);
    }
    aws.setCors(name, CorsConfiguration?.CorsRules ?? []);
  }
}

const queueSchema = followed(
  {
    VisibilityTimeout: z.int().default(30),
    MessageRetentionPeriod: z.int().default(345_600),
    DelaySeconds: z.int().default(0),
    FifoQueue: z.boolean().default(false),
    ContentBasedDeduplication: z.boolean().default(false),
    RedrivePolicy: followed({ deadLetterTargetArn: z.string(), maxReceiveCount: z.int() }).optional(),
  },
  ['SqsManagedSseEnabled', 'Tags', 'DeduplicationScope', 'FifoThroughputLimit'],
);

/** Dead-letter queues first: a redrive policy names its target. */
export async function createQueues(
  sqs: SQSClient,
  resources: SortedResources,
  intrinsics: Intrinsics,
): Promise<void> {
  const queues = resources
    .ofType('AWS::SQS::Queue')
    .map((resource) => ({
      name: queueName(resource),
      properties: intrinsics.parse(resource, queueSchema),
    }))
    .toSorted(
      (a, b) =>
        Number(a.properties.RedrivePolicy !== undefined) - Number(b.properties.RedrivePolicy !== undefined),
    );
  for (const { name, properties } of queues) {
    await sqs.send(
      new CreateQueueCommand({
        QueueName: name,
        Attributes: {
          VisibilityTimeout: String(properties.VisibilityTimeout),
          MessageRetentionPeriod: String(properties.MessageRetentionPeriod),
          DelaySeconds: String(properties.DelaySeconds),
          ...(properties.FifoQueue
            ? { FifoQueue: 'true', ContentBasedDeduplication: String(properties.ContentBasedDeduplication) }
            : {}),
          ...(properties.RedrivePolicy === undefined
            ? {}
            : { RedrivePolicy: JSON.stringify(properties.RedrivePolicy) }),
        },
      }),
    );
  }
}

/** In the order of the template, as a page must not be replaced before the files that it names. */
export async function publishFolders(
  s3: S3Client,
  assembly: Assembly,
  resources: SortedResources,
  intrinsics: Intrinsics,
): Promise<void> {
  for (const deployment of resources.ofType('Custom::CDKBucketDeployment')) {
    await publishFolder(s3, intrinsics.parse(deployment, deploymentSchema), assembly.asset);
  }
}
