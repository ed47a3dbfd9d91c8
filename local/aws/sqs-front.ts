import type { FastifyInstance } from 'fastify';
import { callerHasGone, waitForMessage } from './long-poll.ts';
import type { MoveTasks } from './move-tasks.ts';
import type { SqsStore } from './stores.ts';
import { returnUndelivered } from './undelivered-messages.ts';

/** Adds to fauxqs what SQS has beyond it: message move tasks, and long polls that neither wake in vain nor lose messages. */
export function frontSqs(app: FastifyInstance, store: SqsStore, moveTasks: MoveTasks): void {
  app.addHook('preHandler', (request, reply, done) => {
    const action = sqsAction(request.headers['x-amz-target']);
    if (action === undefined) return done();
    if (action === 'ReceiveMessage') return waitForMessage(store, request, reply, done);
    const answer = moveTasks.handle(action, request.body);
    if (answer === undefined) return done();
    reply.header('content-type', 'application/x-amz-json-1.0').send(JSON.stringify(answer));
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const received =
      sqsAction(request.headers['x-amz-target']) === 'ReceiveMessage' && reply.statusCode === 200;
    if (received && callerHasGone(request)) returnUndelivered(store, request.body, String(payload));
    done();
  });
}

function sqsAction(target: string | string[] | undefined): string | undefined {
  return typeof target === 'string' && target.startsWith('AmazonSQS.')
    ? target.slice('AmazonSQS.'.length)
    : undefined;
}
