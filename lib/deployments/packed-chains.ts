import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { packingNotesPrefix } from '../../functions/deployments/domain/to-do-prefixes.ts';
import { packChainsEnv } from '../../functions/deployments/env.ts';
import { AsyncRetries } from '../constructs/async-retries.ts';
import { OwnedFunction } from '../constructs/owned-function.ts';
import type { PrivateBucket } from '../constructs/private-bucket.ts';

export interface PackedChainsProps {
  readonly archive: PrivateBucket;
  /** Has the signed heads: nothing behind them is packed. */
  readonly heads: PrivateBucket;
  /** Has the note of how far the archive is packed. */
  readonly work: PrivateBucket;
}

/** Every day, what was signed of the archive's chains, packed for who reads all of it. It writes beside the chains, and can neither sign nor change them. */
export class PackedChains extends Construct {
  constructor(scope: Construct, id: string, { archive, heads, work }: PackedChainsProps) {
    super(scope, id);
    const fn = new OwnedFunction(this, 'PackChains', {
      name: 'pack-chains',
      description: 'Packs what was signed of the archive, for who reads all of it',
      memoryMb: 512,
      timeout: Duration.minutes(10),
      schema: packChainsEnv,
      environment: {
        ARCHIVE_BUCKET_NAME: archive.bucket.bucketName,
        WORK_BUCKET_NAME: work.bucket.bucketName,
        HEADS_BUCKET_NAME: heads.bucket.bucketName,
      },
    });
    archive.allow(fn, 'chains/', 'read');
    archive.allow(fn, 'packs/', 'read', 'write');
    heads.allow(fn, 'heads/', 'read');
    work.allow(fn, packingNotesPrefix, 'read', 'write');
    new Rule(this, 'Daily', {
      description: `Invokes ${fn.name}`,
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaFunction(fn.lambda)],
    });
    new AsyncRetries(this, 'Retries', { fn, maxEventAge: Duration.hours(6) });
  }
}
