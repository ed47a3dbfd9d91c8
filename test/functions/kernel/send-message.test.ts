import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendMessage } from '../../../functions/kernel/send-message.ts';

const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/render';
const seen: { line: string; target: unknown; body: unknown }[] = [];
const answers: { status: number; body: string }[] = [];
const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method, url, headers } = request;
  const sent: unknown = JSON.parse(await text(request));
  seen.push({ line: `${method} ${url}`, target: headers['x-amz-target'], body: sent });
  const { status, body } = answers.shift() ?? { status: 200, body: '{"MessageId":"1"}' };
  response.writeHead(status).end(body);
};
const server = createServer((request, response) => void respond(request, response));

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  vi.stubEnv(
    'AWS_ENDPOINT_URL_SQS',
    `http://127.0.0.1:${typeof address === 'object' ? address?.port : undefined}`,
  );
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
beforeEach(() => {
  seen.length = 0;
});

describe('a message', () => {
  it('is sent to its queue, with its delay where it has one', async () => {
    await sendMessage({ queueUrl, body: '{"jobId":"é"}' });
    await sendMessage({ queueUrl, body: 'later', delaySeconds: 7 });
    expect(seen).toEqual([
      {
        line: 'POST /',
        target: 'AmazonSQS.SendMessage',
        body: { QueueUrl: queueUrl, MessageBody: '{"jobId":"é"}' },
      },
      {
        line: 'POST /',
        target: 'AmazonSQS.SendMessage',
        body: { QueueUrl: queueUrl, MessageBody: 'later', DelaySeconds: 7 },
      },
    ]);
  });

  it.each([
    ['SQS has too much to do', { status: 400, body: '{"__type":"com.amazonaws.sqs#RequestThrottled"}' }],
    ['SQS fails', { status: 503, body: 'Service Unavailable' }],
  ])('is tried again when %s', async (_, failure) => {
    answers.push(failure);
    await sendMessage({ queueUrl, body: 'again' });
    expect(seen).toHaveLength(2);
  });

  it('fails with what SQS says when it is refused', async () => {
    answers.push({
      status: 400,
      body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"In words."}',
    });
    await expect(sendMessage({ queueUrl, body: 'lost' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      message: 'In words.',
      status: 400,
    });
    expect(seen).toHaveLength(1);
  });
});
