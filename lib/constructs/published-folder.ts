import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BucketDeployment, type CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { acknowledge, basicExecutionRole } from './acknowledge.ts';
import type { PrivateBucket } from './private-bucket.ts';

export interface PublishedFolderProps {
  /** A folder of the machine that synthesizes. */
  readonly folder: string;
  readonly bucket: PrivateBucket;
  readonly cacheControl: readonly CacheControl[];
  /** JSON files that are made of the stage's configuration, by name. @default none */
  readonly made?: Readonly<Record<string, object>>;
  /** What keys begin with; it ends with a slash. @default nothing */
  readonly prefix?: string;
  /** Not these files, as glob patterns. @default every file is published */
  readonly exclude?: readonly string[];
  /** What must be there before. @default nothing */
  readonly after?: PublishedFolder;
}

/** Copies a folder, and files that are made for the stage, into a bucket on deployment. What is there already stays: it may be in use, and a rollback finds it. */
export class PublishedFolder extends Construct {
  constructor(scope: Construct, id: string, props: PublishedFolderProps) {
    super(scope, id);
    const deployment = new BucketDeployment(this, 'Deployment', {
      sources: [
        Source.asset(props.folder, { exclude: [...(props.exclude ?? [])] }),
        ...Object.entries(props.made ?? {}).map(([name, value]) => Source.jsonData(name, value)),
      ],
      destinationBucket: props.bucket.bucket,
      cacheControl: [...props.cacheControl],
      prune: false,
      ...(props.prefix === undefined ? {} : { destinationKeyPrefix: props.prefix }),
      memoryLimit: 256,
      logGroup: new LogGroup(this, 'Log', {
        retention: OwnedStack.owning(this).config.logRetention,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
    if (props.after !== undefined) {
      deployment.node.addDependency(props.after);
    }
    this.acknowledgeFindings(props.bucket);
  }

  /** The CDK's own function does the copying, one for all folders of a stack. */
  private acknowledgeFindings(bucket: PrivateBucket): void {
    const copier = Stack.of(this).node.children.find(({ node }) => node.id.startsWith(copierPrefix));
    if (copier === undefined) {
      throw new Error(`The CDK no longer names the function that copies folders ${copierPrefix}….`);
    }
    acknowledge(
      copier,
      'L1',
      'The runtime is the one that the CDK maintains this function for; it runs only during deployments.',
    );
    acknowledge(
      copier,
      basicExecutionRole,
      'The CDK’s function needs just what this policy gives: to write its own log.',
    );
    for (const action of ['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*']) {
      acknowledge(
        copier,
        `IAM5[Action::${action}]`,
        'The CDK grants its copying function these on two buckets only: the account’s bucket of deployment assets and the one that is deployed to.',
      );
    }
    acknowledge(
      copier,
      'IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]',
      'Read only, and only the account’s bucket of deployment assets; their keys are content hashes.',
    );
    acknowledge(
      copier,
      `IAM5[Resource::<${bucket.logicalId}.Arn>/*]`,
      'It writes whatever files the folder has, into this one bucket, during deployments only.',
    );
  }
}

const copierPrefix = 'Custom::CDKBucketDeployment';
