import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Archive } from '../../functions/deployments/domain/ports.ts';

/** A bucket for every archive, in the local S3, which runs in a process of its own. */
export interface Archives extends AsyncDisposable {
  /** An archive of so many events of 3 000 services of 400 customers in 90 days. */
  generate(events: number): Promise<Archive>;
}

export async function startArchives(): Promise<Archives> {
  const server = fork(path.join(import.meta.dirname, 'archive-server.ts'));
  const [endpoint] = await once(server, 'message');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: String(endpoint),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  });
  // Only now: it reads its environment when it is imported.
  const { createArchive } = await import('../../functions/deployments/adapters/s3-archive.ts');
  return {
    generate: async (events) => {
      server.send(events);
      const [bucket] = await once(server, 'message');
      return createArchive(String(bucket));
    },
    [Symbol.asyncDispose]: async () => {
      server.disconnect();
      await once(server, 'exit');
    },
  };
}
