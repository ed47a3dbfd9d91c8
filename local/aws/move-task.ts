import { z } from 'zod';
import { SqsError } from './sqs-error.ts';

export const startMoveTask = z.object({
  SourceArn: z.string(),
  DestinationArn: z.string().optional(),
  MaxNumberOfMessagesPerSecond: z.int().min(1).max(500).optional(),
});
export const listMoveTasks = z.object({
  SourceArn: z.string(),
  MaxResults: z.int().min(1).max(10).default(1),
});
export const cancelMoveTask = z.object({ TaskHandle: z.string() });

/** A redrive of dead letters, running or past. */
export interface MoveTask {
  handle: string;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED';
  request: z.infer<typeof startMoveTask>;
  moved: number;
  toMove: number;
  failure?: string;
  startedAt: number;
  done: Promise<void>;
}

/** Whether the task still keeps others from its source. */
export function isActive({ status }: MoveTask): boolean {
  return status === 'RUNNING' || status === 'CANCELLING';
}

/** The entry of ListMessageMoveTasks. */
export function describe(task: MoveTask): object {
  const { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond } = task.request;
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
    Status: task.status,
    SourceArn,
    ...(DestinationArn !== undefined && { DestinationArn }),
    ...(MaxNumberOfMessagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failure !== undefined && { FailureReason: task.failure }),
    StartedTimestamp: task.startedAt,
  };
}

/** The parameters of an action. Throws InvalidParameterValue. */
export function readRequest<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new SqsError(
    'InvalidParameterValue',
    `Value for parameter ${issue?.path.join('.') ?? ''} is invalid. Reason: ${issue?.message ?? ''}`,
  );
}
