import type { FastifyInstance } from 'fastify';
import type { MoveTasks } from './move-tasks.ts';
import { SqsError } from './sqs-error.ts';
import type { SqsStore } from './stores.ts';
import { returnUndelivered } from './undelivered-messages.ts';

/** Adds to fauxqs what SQS has beyond it: message move tasks, and long polls whose caller leaves without losing messages. */
export function frontSqs(app: FastifyInstance, store: SqsStore, moveTasks: MoveTasks): void {
  app.addHook('preHandler', (request, reply, done) => {
    const action = sqsAction(request.headers['x-amz-target']);
    if (action === undefined) return done();
    reply.header('content-type', 'application/x-amz-json-1.0');
    try {
      const answer = moveTasks.handle(action, request.body);
      if (answer === undefined) return done();
      reply.send(JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      reply.status(400).header('x-amzn-query-error', `${error.code};Sender`).send(error.toJson());
    }
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const received =
      sqsAction(request.headers['x-amz-target']) === 'ReceiveMessage' && reply.statusCode === 200;
    if (received && request.raw.socket.destroyed) returnUndelivered(store, request.body, String(payload));
    done();
  });
}

function sqsAction(target: string | string[] | undefined): string | undefined {
  return typeof target === 'string' && target.startsWith('AmazonSQS.')
    ? target.slice('AmazonSQS.'.length)
    : undefined;
}
