import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  cancelMoveTask,
  describe,
  isActive,
  listMoveTasks,
  type MoveTask,
  readRequest,
  startMoveTask,
} from './move-task.ts';
import { SqsError } from './sqs-error.ts';
import { type DeadLetterOrigins, type SqsQueue, SqsStore } from './stores.ts';

const redrivePolicySchema = z.object({ deadLetterTargetArn: z.string() });

const HIDDEN_WHILE_MOVED_S = 60;

/** The redrive of dead letters: StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask. */
export class MoveTasks {
  readonly #store: SqsStore;
  readonly #origins: DeadLetterOrigins;
  readonly #tasks: MoveTask[] = [];
  readonly #stopping = new AbortController();

  constructor(store: SqsStore, origins: DeadLetterOrigins) {
    this.#store = store;
    this.#origins = origins;
  }

  /** The answer to an action of this service, or undefined when the action is another. Throws SqsError. */
  handle(action: string, body: unknown): object | undefined {
    if (action === 'StartMessageMoveTask') return this.#start(readRequest(startMoveTask, body));
    if (action === 'ListMessageMoveTasks') return this.#list(readRequest(listMoveTasks, body));
    if (action === 'CancelMessageMoveTask') return this.#cancel(readRequest(cancelMoveTask, body));
    return undefined;
  }

  /** Ends the running tasks where they are. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#tasks.map(({ done }) => done));
  }

  #start(request: MoveTask['request']): object {
    const source = this.#store.getQueueByArn(request.SourceArn);
    if (source === undefined)
      throw new SqsError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
      );
    if (this.#feeders(request.SourceArn).length === 0) {
      throw new SqsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
    }
    if (
      request.DestinationArn !== undefined &&
      this.#store.getQueueByArn(request.DestinationArn) === undefined
    ) {
      throw new SqsError(
        'ResourceNotFoundException',
        "The resource that you specified for the DestinationArn parameter doesn't exist.",
      );
    }
    if (this.#tasks.some((task) => task.request.SourceArn === request.SourceArn && isActive(task))) {
      throw new SqsError(
        'InvalidParameterValue',
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const task: MoveTask = {
      handle: Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: request.SourceArn })).toString(
        'base64',
      ),
      status: 'RUNNING',
      request,
      moved: 0,
      toMove: Number(source.getAttribute('ApproximateNumberOfMessages')),
      startedAt: Date.now(),
      done: Promise.resolve(),
    };
    this.#tasks.push(task);
    task.done = this.#run(task, source);
    return { TaskHandle: task.handle };
  }

  #list({ SourceArn, MaxResults }: z.infer<typeof listMoveTasks>): object {
    if (this.#store.getQueueByArn(SourceArn) === undefined) {
      throw new SqsError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
      );
    }
    const tasks = this.#tasks.filter(({ request }) => request.SourceArn === SourceArn).toReversed();
    return { Results: tasks.slice(0, MaxResults).map(describe) };
  }

  #cancel({ TaskHandle }: z.infer<typeof cancelMoveTask>): object {
    const task = this.#tasks.find(({ handle }) => handle === TaskHandle);
    if (task === undefined)
      throw new SqsError(
        'ResourceNotFoundException',
        "The resource that you specified for the TaskHandle parameter doesn't exist.",
      );
    if (!isActive(task)) throw new SqsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
    task.status = 'CANCELLING';
    return { ApproximateNumberOfMessagesMoved: task.moved };
  }

  async #run(task: MoveTask, source: SqsQueue): Promise<void> {
    const pauseMs =
      task.request.MaxNumberOfMessagesPerSecond === undefined
        ? 0
        : 1000 / task.request.MaxNumberOfMessagesPerSecond;
    try {
      // The caller has its task handle before the first message moves.
      await sleep(0, undefined, { signal: this.#stopping.signal });
      while (task.status === 'RUNNING' && this.#moveOne(task, source)) {
        task.moved += 1;
        await sleep(pauseMs, undefined, { signal: this.#stopping.signal });
      }
      task.status = task.status === 'RUNNING' ? 'COMPLETED' : 'CANCELLED';
    } catch (error) {
      if (this.#stopping.signal.aborted) {
        task.status = 'CANCELLED';
        return;
      }
      task.status = 'FAILED';
      task.failure = error instanceof SqsError ? error.code : 'CouldNotMoveMessages';
      if (!(error instanceof SqsError)) throw error;
    }
  }

  /** False when no message of the source is visible any more. */
  #moveOne(task: MoveTask, source: SqsQueue): boolean {
    const [received] = source.dequeue(1, HIDDEN_WHILE_MOVED_S);
    if (received === undefined) return false;
    const message = source.inflightMessages.get(received.ReceiptHandle)?.message;
    const destination = this.#destination(task.request, received.MessageId);
    if (message === undefined || destination === undefined) {
      source.changeVisibility(received.ReceiptHandle, 0);
      throw new SqsError(
        'AWS.SimpleQueueService.NonExistentQueue',
        `No queue is known to have given up message ${received.MessageId}.`,
      );
    }
    destination.enqueue(
      SqsStore.createMessage(
        message.body,
        message.messageAttributes,
        undefined,
        message.messageGroupId,
        message.messageDeduplicationId,
      ),
    );
    source.deleteMessage(received.ReceiptHandle);
    return true;
  }

  #destination(request: MoveTask['request'], messageId: string): SqsQueue | undefined {
    if (request.DestinationArn !== undefined) return this.#store.getQueueByArn(request.DestinationArn);
    const feeders = this.#feeders(request.SourceArn);
    const origin = this.#origins.originOf(messageId);
    return feeders.find(({ name }) => name === origin) ?? (feeders.length === 1 ? feeders[0] : undefined);
  }

  /** The queues whose redrive policy names this dead-letter queue. */
  #feeders(arn: string): SqsQueue[] {
    return [...this.#store.allQueues()].filter(({ attributes }) => {
      const policy = attributes['RedrivePolicy'];
      return (
        policy !== undefined &&
        redrivePolicySchema.safeParse(JSON.parse(policy)).data?.deadLetterTargetArn === arn
      );
    });
  }
}
