import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { toDoPrefixes } from '../../functions/deployments/domain/to-do-prefixes.ts';
import { signHeadsEnv } from '../../functions/deployments/env.ts';
import { AsyncRetries } from '../constructs/async-retries.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import { PrivateBucket, type PrivateBucketProps } from '../constructs/private-bucket.ts';

export interface SignedHeadsProps {
  readonly archive: PrivateBucket;
  /** Has the list of chains that have grown. */
  readonly work: PrivateBucket;
  readonly accessLogs: IBucket;
  readonly lock: NonNullable<PrivateBucketProps['lock']>;
}

/** Every hour, where the archive's chains end, signed with a key that nobody can read, in a bucket that nobody else writes to. */
export class SignedHeads extends Construct {
  readonly heads: PrivateBucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, { archive, work, accessLogs, lock }: SignedHeadsProps) {
    super(scope, id);
    this.heads = new PrivateBucket(this, 'Heads', { accessLogs, lock });
    this.key = new Key(this, 'Key', {
      description: 'Signs where the chains of the archive of deployment events end',
      keySpec: KeySpec.ECC_NIST_EDWARDS25519,
      keyUsage: KeyUsage.SIGN_VERIFY,
      // What was signed is verified for as long as it is kept.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const fn = new OwnedFunction(this, 'SignHeads', {
      name: 'sign-heads',
      description: 'Signs where the chains of the archive end',
      memoryMb: 512,
      timeout: Duration.minutes(5),
      schema: signHeadsEnv,
      environment: {
        ARCHIVE_BUCKET_NAME: archive.bucket.bucketName,
        WORK_BUCKET_NAME: work.bucket.bucketName,
        HEADS_BUCKET_NAME: this.heads.bucket.bucketName,
        HEAD_KEY_ARN: this.key.keyArn,
      },
    });
    archive.allow(fn, 'chains/', 'read');
    archive.allow(fn, 'packs/', 'read');
    work.allow(fn, toDoPrefixes.unsigned, 'read', 'delete');
    this.heads.allow(fn, 'heads/', 'read', 'write');
    fn.grant(['kms:Sign'], [this.key.keyArn]);
    new Rule(this, 'Hourly', {
      description: `Invokes ${fn.name}`,
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaFunction(fn.lambda)],
    });
    new AsyncRetries(this, 'Retries', { fn, maxEventAge: Duration.hours(1) });
    const stack = Stack.of(this);
    new CfnOutput(stack, 'HeadsBucketName', { value: this.heads.bucket.bucketName });
    new CfnOutput(stack, 'HeadKeyArn', { value: this.key.keyArn });
  }
}
