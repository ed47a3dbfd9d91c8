import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeploymentEvent } from '../../contracts/deployment-event.ts';
import { identityOf } from '../domain/identity.ts';
import type { EventQueue } from '../domain/intake/ports.ts';

/** Of one request. Source: Amazon SQS developer guide, "Message quotas". */
const maxMessages = 10;
const maxBytes = 1024 * 1024;

interface Message {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

/** Times that what SQS did not take is sent again. */
const maxTries = 3;

/** A FIFO queue: a group for each service, and what is sent twice within five minutes is taken once. */
export function createEventQueue(sqs: SQSClient, url: string): EventQueue {
  return {
    send: async (events) => {
      // One after another: a later event of a service must not overtake an earlier one.
      for (const batch of toBatches(events)) {
        await sendAll(sqs, url, batch);
      }
    },
  };
}

async function sendAll(sqs: SQSClient, url: string, batch: readonly Message[]): Promise<void> {
  let left = batch;
  for (let tries = 0; tries < maxTries && left.length > 0; tries += 1) {
    const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [...left] }));
    const failed = new Set((Failed ?? []).map(({ Id }) => Id));
    left = left.filter(({ Id }) => failed.has(Id));
  }
  if (left.length > 0) {
    throw new Error(`SQS did not take ${left.length} of ${batch.length} messages.`);
  }
}

function toBatches(events: readonly DeploymentEvent[]): Message[][] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    const identity = identityOf(event.event);
    const message = {
      Id: String(index),
      MessageBody: JSON.stringify(event),
      MessageGroupId: event.service,
      // What the same event says of another service is another message.
      MessageDeduplicationId: identity,
    };
    const size = Buffer.byteLength(message.MessageBody);
    const last = batches.at(-1);
    if (last === undefined || last.length === maxMessages || bytes + size > maxBytes) {
      batches.push([message]);
      bytes = size;
    } else {
      last.push(message);
      bytes += size;
    }
  }
  return batches;
}
