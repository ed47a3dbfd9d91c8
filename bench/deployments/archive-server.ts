import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startAwsFront } from '../../local/aws/aws-front.ts';
import { generateRecords, serviceCount, serviceName } from './generate-history.ts';

/** Packs written at the same time. */
const atOnce = 8;

/**
 * The local stage's S3 in a process of its own, as AWS is, and what generates archives into it: its memory is not that of who reads them. Tells its parent its address;
 * for every number of events that it is told it makes a bucket with as many, and tells the bucket's name. It ends with its parent.
 */
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const region = 'eu-west-1';
const { endpoint } = await startAwsFront({ region, credentials });
Object.assign(process.env, {
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});
// Only now: it reads its environment when it is first asked.
const { writePack } = await import('../../functions/deployments/adapters/s3-packs.ts');

process.on('message', (events) => void generate(Number(events)));
process.on('disconnect', () => process.exit(0));
process.send?.(endpoint);

async function generate(events: number): Promise<void> {
  const bucket = `archive-of-${events}`;
  await new S3Client({ endpoint, region, credentials }).send(new CreateBucketCommand({ Bucket: bucket }));
  const services = [...Array(serviceCount).keys()].values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const index of services) {
        const count =
          Math.floor(((index + 1) * events) / serviceCount) - Math.floor((index * events) / serviceCount);
        if (count > 0) {
          await writePack(
            bucket,
            serviceName(index),
            1,
            generateRecords(index, count).map((record) => JSON.stringify(record)),
          );
        }
      }
    }),
  );
  process.send?.(bucket);
}
