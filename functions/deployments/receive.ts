import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { HttpProblem } from '../kernel/http-problem.ts';
import { meter } from '../kernel/metrics.ts';
import { createDirectory } from './adapters/s3-directory.ts';
import { DirectoryIndex } from './domain/intake/directory-index.ts';
import { createConnectionSecrets } from './adapters/secrets-manager-connection-secrets.ts';
import { createEventQueue } from './adapters/sqs-event-queue.ts';
import type { ReceiveDeps } from './domain/intake/ports.ts';
import { receiveEvents } from './domain/intake/receive-events.ts';
import { isWebhookKind, receiveWebhook } from './domain/intake/receive-webhook.ts';
import type { SignedRequest } from './domain/intake/signatures.ts';
import { receiveEnv } from './env.ts';

const env = parseEnvironment(receiveEnv);
const secretsManager = new SecretsManagerClient({
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
});
const deps: ReceiveDeps = {
  directory: createDirectory(env.WORK_BUCKET_NAME, systemClock, (directory) => new DirectoryIndex(directory)),
  secrets: createConnectionSecrets(
    secretsManager,
    (connection) => `${env.CONNECTION_SECRET_PREFIX}${connection}`,
    systemClock,
  ),
  queue: createEventQueue(new SQSClient({}), env.EVENTS_QUEUE_URL),
  meter,
  clock: systemClock,
};

export const handler = httpHandler({
  'POST /deployments/events': async (event) => ({
    status: 202,
    body: await receiveEvents(deps, toSigned(event)),
  }),
  'POST /deployments/webhooks/{tool}/{connection}': async (event) => {
    const { tool = '', connection = '' } = event.pathParameters ?? {};
    if (!isWebhookKind(tool)) {
      throw new HttpProblem(
        404,
        'unknown-tool',
        `There are webhooks of github, gitlab and pagerduty, not of ${tool}.`,
      );
    }
    return { status: 202, body: await receiveWebhook(deps, tool, connection, toSigned(event)) };
  },
});

/** The body byte by byte, as it was signed; API Gateway hands over as text what its type says is text. */
const toSigned = ({ headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2): SignedRequest => ({
  headers,
  body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
});
