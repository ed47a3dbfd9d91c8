import { readFile } from 'node:fs/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';

/** What a running local stage writes about itself. */
const localStageSchema = z.object({
  endpoints: z.object({ sqs: z.url(), lambda: z.url() }),
  credentials: z.object({
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string().optional(),
  }),
  region: z.string().default('eu-west-1'),
});

export const localPlace = 'the local stage';

export interface Clients {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  /** Where they lead, in words. */
  readonly place: string;
}

/** Clients of AWS, with the credentials and region of the environment. */
export const awsClients = (): Clients => ({
  sqs: new SQSClient({}),
  lambda: new LambdaClient({}),
  place: 'AWS',
});

/** Clients of the local stage described in `file`; undefined when there is no such file, since no stage runs. */
export async function localClients(file: string): Promise<Clients | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  const { endpoints, credentials, region } = localStageSchema.parse(JSON.parse(text));
  const { sessionToken, ...keys } = credentials;
  const shared = {
    credentials: { ...keys, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region,
    maxAttempts: 1,
  };
  return {
    sqs: new SQSClient({ ...shared, endpoint: endpoints.sqs }),
    lambda: new LambdaClient({ ...shared, endpoint: endpoints.lambda }),
    place: localPlace,
  };
}
