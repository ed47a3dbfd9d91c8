import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll } from 'vitest';
import { type Stage, type StageOptions, startStage } from '../../../local/stage.ts';
import { site, type StackOf, writeAssembly } from './assembly-fixture.ts';

export interface Running {
  readonly stage: Stage;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  /** What a function wrote that is JSON, in its order. */
  readonly said: (functionPath: string) => unknown[];
}

/** A stage of one small stack, for all tests of a file; a site is added when the stack has none. */
export function useSmallStage(
  resources: StackOf['resources'],
  assets: Parameters<typeof writeAssembly>[1],
  options: Pick<StageOptions, 'timeScale'> = {},
): () => Running {
  let running: (Running & { stop: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    const resourcesWithSite = 'Distribution' in resources ? resources : { ...site, ...resources };
    const assembly = await writeAssembly({ small: { resources: resourcesWithSite } }, assets);
    const lines: [source: string, line: string][] = [];
    const stage = await startStage({
      ...options,
      assembly,
      log: (source, line) => void lines.push([source, line]),
    });
    const client = { region: stage.region, credentials: stage.credentials, maxAttempts: 1 };
    const s3 = new S3Client({ ...client, endpoint: stage.endpoints.s3, forcePathStyle: true });
    const sqs = new SQSClient({ ...client, endpoint: stage.endpoints.sqs });
    const lambda = new LambdaClient({ ...client, endpoint: stage.endpoints.lambda });
    running = {
      stage,
      s3,
      sqs,
      lambda,
      said: (functionPath) =>
        lines.flatMap(([source, line]): unknown[] =>
          source === functionPath && line.startsWith('{') ? [JSON.parse(line)] : [],
        ),
      stop: async () => {
        for (const each of [s3, sqs, lambda]) {
          each.destroy();
        }
        await stage.stop();
      },
    };
  });
  afterAll(() => running?.stop());
  return () => {
    if (running === undefined) {
      throw new Error('the stage has not started');
    }
    return running;
  };
}
