import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { readLocalStage } from '../local-stage.ts';

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

/** Clients of the local stage that runs; undefined when none does. */
export async function localClients(): Promise<Clients | undefined> {
  const stage = await readLocalStage();
  if (stage === undefined) {
    return undefined;
  }
  const { endpoints, credentials, region } = stage;
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
