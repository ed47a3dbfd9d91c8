import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Stage } from '../../local/stage.ts';
import { archiveClient } from './deployment-archive.ts';

/** Signs where a service's chain ends, as it is done every hour. */
export async function signHeadsOf(stage: Stage, service: string): Promise<void> {
  const s3 = archiveClient(stage);
  // As noted an hour ago: what is signed is what has settled.
  await s3.send(
    new PutObjectCommand({
      Bucket: stage.bucket('fanfare-dev-deployments/Work'),
      Key: `to-do/unsigned/2026-06-01T12:00:00.000Z/${service}`,
      Body: '-',
    }),
  );
  s3.destroy();
  await stage.function('SignedHeads/SignHeads').invoke({});
}
