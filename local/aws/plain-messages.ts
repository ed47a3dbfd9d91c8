import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { AnswerPlain } from './plain-requests.ts';
import { SqsError } from './sqs-error.ts';
import { SqsStoreError, type SqsStore, storeMessage } from './stores.ts';

/** SQS's limit of a message. */
const largestBody = 2 * 1024 ** 2;

const contentType = 'application/x-amz-json-1.0';
const bodySchema = z.record(z.string(), z.unknown());

/**
 * Answers SendMessage.
 * @param count takes each call that SQS would bill
 */
export const plainMessages =
  (store: SqsStore, count: () => void): AnswerPlain =>
  (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const isPlain =
      method === 'POST' &&
      url === '/' &&
      headers['x-amz-target'] === 'AmazonSQS.SendMessage' &&
      headers['content-type'] === contentType &&
      Number(headers['content-length']) <= largestBody;
    if (isPlain) {
      count();
      void answer(incoming, outgoing, store);
    }
    return isPlain;
  };

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, store: SqsStore): Promise<void> {
  const respond = (status: number, body: string, headers: Record<string, string> = {}): void => {
    outgoing.writeHead(status, {
      ...headers,
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
    });
    outgoing.end(body);
  };
  try {
    respond(200, JSON.stringify(storeMessage(parse(await text(incoming)), store)));
  } catch (error) {
    if (error instanceof SqsStoreError) {
      respond(error.statusCode, JSON.stringify(error), { 'x-amzn-query-error': error.queryErrorHeader });
    } else if (error instanceof SqsError) {
      respond(400, error.toJson(), { 'x-amzn-query-error': `${error.code};Sender` });
    } else if (incoming.destroyed) {
      // A caller that leaves in the middle has not sent anything.
      outgoing.destroy();
    } else {
      throw error;
    }
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    return bodySchema.parse(JSON.parse(body));
  } catch (error) {
    throw new SqsError('SerializationException', String(error));
  }
}
