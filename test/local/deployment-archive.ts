import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { archivedEvent, type ArchivedEvent } from '../../functions/contracts/deployment-event.ts';
import type { Stage } from '../../local/stage.ts';

/** Adds no checksum that it is not asked for. */
export const archiveClient = ({ endpoints, region, credentials }: Stage): S3Client =>
  new S3Client({
    endpoint: endpoints.s3,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

/** What the archive has of a service, in the order of its chain. */
export async function archivedOf(stage: Stage, service: string): Promise<ArchivedEvent[]> {
  const bucket = stage.bucket('fanfare-dev-deployments/Archive');
  const s3 = archiveClient(stage);
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `chains/${service}/` }),
  );
  const bodies = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    }),
  );
  s3.destroy();
  return bodies.map((body) => archivedEvent.parse(JSON.parse(body)));
}
