import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { S3Error } from './s3-error.ts';

/** Answers a request, or leaves it untouched and says false. */
export type AnswerPlain = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Lets what is asked in every job be answered before the routes and hooks of everything that S3 and SQS can do: it is most of the stage's work. Only what needs
 * nothing else of them is answered so, to the same effect.
 */
export function frontPlainRequests(server: Server, answers: readonly AnswerPlain[]): void {
  const others = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!answers.some((answer) => answer(incoming, outgoing))) {
      for (const other of others) {
        Reflect.apply(other, server, [incoming, outgoing]);
      }
    }
  });
}

let requests = 0;

/** What S3 gives each answer to be asked about. */
export const requestIds = (): Record<string, string> => ({
  'x-amz-request-id': (requests += 1).toString(16).toUpperCase().padStart(16, '0'),
  'x-amz-id-2': 'fauxqs',
});

/** Answers with S3's error document. */
export function refuse(outgoing: ServerResponse, error: S3Error): void {
  const headers = { ...requestIds(), 'content-type': 'application/xml' };
  outgoing.writeHead(error.statusCode, headers).end(error.toXml());
}
