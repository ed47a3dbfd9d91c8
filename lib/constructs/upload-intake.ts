import { Duration } from 'aws-cdk-lib';
import { HttpMethods, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { OwnedFunction } from './owned-function.ts';
import { type Access, PrivateBucket } from './private-bucket.ts';

/** Keys are made by the server, under this prefix. */
const prefix = 'uploads/';

export interface UploadIntakeProps {
  /** Where S3 writes who asked for what. */
  readonly accessLogs: IBucket;
}

/**
 * Where people's files arrive, by presigned POST, and stay for a day. Any page may send them: what may be sent is decided by the signed policy, not by the page
 * that sends it.
 */
export class UploadIntake extends PrivateBucket {
  constructor(scope: Construct, id: string, { accessLogs }: UploadIntakeProps) {
    super(scope, id, {
      accessLogs,
      life: Duration.days(1),
      cors: [
        { allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'], maxAge: 3600 },
      ],
    });
  }

  /** Lets a function sign uploads: a policy is worth what its signer may write. */
  allowGranting(fn: OwnedFunction): void {
    this.allow(fn, prefix, 'write');
  }

  /** Lets a function work with what has arrived. */
  allowUploads(fn: OwnedFunction, ...access: readonly Access[]): void {
    this.allow(fn, prefix, ...access);
  }

  /** Invokes a function for each upload that has arrived, at least once. */
  notifyUploads(fn: OwnedFunction): void {
    this.notify(fn, prefix);
  }
}
