import { RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { OwnedStack } from '../stacks/owned-stack.ts';

export interface AccessLogsProps {
  /** CloudFront writes its standard logs by an access control list, which S3 itself does not need. @default false */
  readonly forCloudFront?: boolean;
}

/** Where S3 or CloudFront writes who asked for which object, for as long as the stage keeps it. */
export class AccessLogs extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: AccessLogsProps = {}) {
    super(scope, id);
    const { accessLogLife, dataOutlivesStack } = OwnedStack.owning(this).config;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership:
        props.forCloudFront === true
          ? ObjectOwnership.BUCKET_OWNER_PREFERRED
          : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [{ id: 'expiry', expiration: accessLogLife }],
      removalPolicy: dataOutlivesStack ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !dataOutlivesStack,
    });
  }
}
