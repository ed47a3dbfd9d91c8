import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Archive } from '../../functions/deployments/domain/ports.ts';
import { generateRecords, serviceCount, serviceName } from './generate-history.ts';

/** A bucket for every archive, in the local S3, which runs in a process of its own. */
export interface Archives extends AsyncDisposable {
  /** An archive of so many events of 3 000 services of 400 customers in 90 days. */
  generate(events: number): Promise<Archive>;
}

/** Packs written at the same time. */
const atOnce = 8;

export async function startArchives(): Promise<Archives> {
  const server = spawn(process.execPath, [path.join(import.meta.dirname, 'archive-server.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [address] = await once(server.stdout, 'data');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: String(address).trim(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  // Only now: the SDK reads its environment when it is imported.
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { createArchive, writePack } = await import('../../functions/deployments/adapters/s3-archive.ts');
  return {
    generate: async (events) => {
      const bucket = `archive-of-${events}`;
      await new S3Client({}).send(new CreateBucketCommand({ Bucket: bucket }));
      const services = [...Array(serviceCount).keys()].values();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (const index of services) {
            const count =
              Math.floor(((index + 1) * events) / serviceCount) - Math.floor((index * events) / serviceCount);
            if (count > 0) {
              await writePack(bucket, serviceName(index), generateRecords(index, count));
            }
          }
        }),
      );
      return createArchive(bucket);
    },
    [Symbol.asyncDispose]: async () => {
      server.stdin.end();
      await once(server, 'exit');
    },
  };
}
