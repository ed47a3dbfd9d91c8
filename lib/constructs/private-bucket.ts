import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type CorsRule,
  EventType,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';
import { acknowledge, basicExecutionRole } from './acknowledge.ts';
import type { OwnedFunction } from './owned-function.ts';

export interface PrivateBucketProps {
  /** How long an object lives after it was written. @default for ever */
  readonly life?: Duration;
  /** Which pages of other origins may do what. @default none */
  readonly cors?: readonly CorsRule[];
  /** For how long nobody can change or delete what was written: governance lets whoever has a special right, compliance lets nobody. @default not at all */
  readonly lock?: { readonly mode: 'governance' | 'compliance'; readonly duration: Duration };
  /** Where S3 writes who asked for what. */
  readonly accessLogs: IBucket;
}

const actionsFor = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject'],
  delete: ['s3:DeleteObject'],
} as const;
export type Access = keyof typeof actionsFor;

/** A bucket that nobody reaches without TLS 1.2 and a grant, encrypted at rest; every grant is for one prefix. */
export class PrivateBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { dataOutlivesStack } = OwnedStack.owning(this).config;
    const { lock } = props;
    // What is locked cannot be emptied either.
    const isKept = dataOutlivesStack || lock !== undefined;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: props.accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      cors: [...(props.cors ?? [])],
      lifecycleRules: [
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        ...(props.life === undefined ? [] : [{ id: 'expiry', expiration: props.life }]),
      ],
      ...(lock === undefined
        ? {}
        : {
            versioned: true,
            objectLockEnabled: true,
            objectLockDefaultRetention:
              lock.mode === 'governance'
                ? ObjectLockRetention.governance(lock.duration)
                : ObjectLockRetention.compliance(lock.duration),
          }),
      removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !isKept,
    });
  }

  /**
   * Lets a function do `access` on the objects under `prefix`. Who reads may also list: without that, S3 answers 403 for an object that is not there.
   */
  allow(fn: OwnedFunction, prefix: string, ...access: readonly Access[]): void {
    fn.grant(
      access.flatMap((each) => actionsFor[each]),
      [this.bucket.arnForObjects(`${prefix}*`)],
    );
    if (access.includes('read')) {
      fn.grant(['s3:ListBucket'], [this.bucket.bucketArn]);
    }
    fn.acknowledgePermission(
      `IAM5[Resource::<${this.logicalId}.Arn>/${prefix}*]`,
      `Keys are made at run time; the wildcard is confined to the prefix ${prefix} of one bucket, and the actions to ${access.join(', ')}.`,
    );
  }

  /**
   * Lets this account's CloudFront distributions read the objects under `prefix`. Which distribution is not said, since the one that serves this bucket is in
   * another stack that depends on this one; another account's cannot (`AWS:SourceArn` names the account).
   * @param props.answerMissing S3 answers 404 for an object that is gone, rather than 403. It needs the right to list, which no address under a prefix can use.
   */
  serve(prefix: string, props: { readonly answerMissing?: boolean } = {}): void {
    const principals = [new ServicePrincipal('cloudfront.amazonaws.com')];
    const conditions = {
      ArnLike: { 'AWS:SourceArn': `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/*` },
    };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects(`${prefix}*`)],
        conditions,
      }),
    );
    if (props.answerMissing === true) {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          principals,
          actions: ['s3:ListBucket'],
          resources: [this.bucket.bucketArn],
          conditions,
        }),
      );
    }
  }

  /** Invokes a function for every object that is created under `prefix`, at least once and in any order. */
  notify(fn: OwnedFunction, prefix: string): void {
    this.bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn.lambda), { prefix });
    const configurator = Stack.of(this).node.children.find(({ node }) =>
      node.id.startsWith(configuratorPrefix),
    );
    if (configurator === undefined) {
      throw new Error(
        `The CDK no longer names the function that configures notifications ${configuratorPrefix}….`,
      );
    }
    acknowledge(
      configurator,
      basicExecutionRole,
      'The CDK’s function needs just what this policy gives: to write its own log. It runs only during deployments.',
    );
  }

  /** The bucket's name inside the template. */
  get logicalId(): string {
    const resource = this.bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) {
      throw new Error(`${this.node.path} has no bucket.`);
    }
    return Stack.of(this).getLogicalId(resource);
  }
}

const configuratorPrefix = 'BucketNotificationsHandler';
