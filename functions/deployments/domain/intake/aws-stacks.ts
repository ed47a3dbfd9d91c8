import * as z from 'zod';
import { type AwsEvent, one, placeOf, sourceOf, timeOf } from './aws-event.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { Translated } from './translation.ts';

export const stackSchema = z.looseObject({
  'stack-id': z.string(),
  'status-details': z.looseObject({ status: z.string() }),
  'client-request-token': z.string().optional(),
});

/**
 * A stack's update is a deployment when it is complete. One that fails and goes back was a deployment too, for as long as that took: its begin is told when it turns
 * back, its end as a rollback. Drafts of stacks, imports and clean-ups change nothing that runs.
 */
export function fromStack(
  event: AwsEvent,
  stack: z.infer<typeof stackSchema>,
  directory: DirectoryIndex,
): Translated {
  const { status } = stack['status-details'];
  const type = {
    CREATE_COMPLETE: 'service.deployed',
    UPDATE_COMPLETE: 'service.upgraded',
    UPDATE_ROLLBACK_IN_PROGRESS: 'service.upgraded',
    UPDATE_ROLLBACK_COMPLETE: 'service.rolledback',
    DELETE_COMPLETE: 'service.removed',
  }[status];
  const stackId = stack['stack-id'];
  const name = stackId.split('/')[1] ?? stackId;
  if (type === undefined) {
    return { ignored: `Nothing follows from a stack that is ${status}.` };
  }
  const { service, environment } = placeOf(name, directory);
  const at = timeOf(event);
  const operation = stack['client-request-token'] || at;
  const isBack = type === 'service.rolledback';
  return one({
    type,
    id: `stack/${stackId}/${operation}/${status}/${at}`,
    source: sourceOf(event, 'cloudformation'),
    at,
    subject: service,
    content: {
      environment: { id: environment },
      ...(type === 'service.removed'
        ? {}
        : // What a rollback goes back to is not told.
          { artifactId: `pkg:generic/${name}${isBack ? '' : `@${encodeURIComponent(operation)}`}` }),
    },
    services: [service],
  });
}
