import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redriveFunction } from '../../../tools/redrive/redrive-function.ts';
import { listenOnLoopback } from './loopback.ts';

interface Invocation {
  readonly path: string;
  readonly type: string | undefined;
  readonly payload: unknown;
}

const invocations: Invocation[] = [];
let refuse = false;
const lambdaServer = createServer((request, response) => void answer(request, response));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  invocations.push({
    path: request.url ?? '',
    type: request.headers['x-amz-invocation-type']?.toString(),
    payload: JSON.parse(await text(request)),
  });
  response.statusCode = refuse ? 500 : 202;
  response.end(refuse ? '{"message":"down"}' : '');
}

const queues = buildApp({ logger: false });
let lambda: LambdaClient;
let sqs: SQSClient;
let url: string;

beforeAll(async () => {
  lambda = new LambdaClient({
    endpoint: await listenOnLoopback(lambdaServer),
    region: 'eu-west-1',
    maxAttempts: 1,
  });
  const endpoint = await queues.listen({ host: '127.0.0.1', port: 0 });
  sqs = new SQSClient({ endpoint, region: 'us-east-1', maxAttempts: 1 });
});
afterAll(async () => {
  lambda.destroy();
  sqs.destroy();
  lambdaServer.close();
  await queues.close();
});
let next = 0;
beforeEach(async () => {
  invocations.length = 0;
  refuse = false;
  next += 1;
  const queue = await sqs.send(new CreateQueueCommand({ QueueName: `accept-upload-dead-${next}` }));
  url = queue.QueueUrl ?? '';
});

/** A record as Lambda writes it when an asynchronous invocation failed for good. */
const failed = (requestPayload: unknown): string =>
  JSON.stringify({
    version: '1.0',
    timestamp: '2026-11-21T12:00:00.000Z',
    requestContext: {
      requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
      functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:accept-upload:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorMessage: 'S3 is away' },
  });

const put = (body: string): Promise<unknown> =>
  sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));

async function left(): Promise<number> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}

describe('sending failed events back to their function', () => {
  it('invokes it with each event as it was, and then forgets the record', async () => {
    const events = Array.from({ length: 12 }, (_, index) => ({
      Records: [{ s3: { object: { key: `uploads/${index}` } } }],
    }));
    for (const event of events) {
      await put(failed(event));
    }
    await expect(redriveFunction({ sqs, lambda }, url, 'accept-upload-1')).resolves.toBe(12);
    expect(invocations.map(({ payload }) => payload)).toEqual(expect.arrayContaining(events));
    expect(new Set(invocations.map(({ path, type }) => `${type} ${path}`))).toEqual(
      new Set(['Event /2015-03-31/functions/accept-upload-1/invocations']),
    );
    await expect(left()).resolves.toBe(0);
  });

  it('is done at once when nothing failed', async () => {
    await expect(redriveFunction({ sqs, lambda }, url, 'accept-upload-1')).resolves.toBe(0);
    expect(invocations).toEqual([]);
  });

  it('keeps an event that Lambda did not take', async () => {
    await put(failed({ Records: [] }));
    refuse = true;
    await expect(redriveFunction({ sqs, lambda }, url, 'accept-upload-1')).rejects.toThrow();
    await expect(left()).resolves.toBe(1);
  });

  it('keeps what is no record of a failed event, and says which message it is', async () => {
    await put('{"hello":"world"}');
    await expect(redriveFunction({ sqs, lambda }, url, 'accept-upload-1')).rejects.toThrow(
      /The message .+ is no record of a failed invocation/u,
    );
    expect(invocations).toEqual([]);
    await expect(left()).resolves.toBe(1);
  });
});
