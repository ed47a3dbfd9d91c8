import { randomUUID } from 'node:crypto';
import type { EventBus } from './event-bus.ts';

/** What CloudFormation puts on the default bus when a deployment is through. Source: CloudFormation user guide, "Managing events with EventBridge". */
export function tellOfStacks(
  bus: EventBus,
  stacks: readonly string[],
  status: 'CREATE_COMPLETE' | 'UPDATE_COMPLETE',
): void {
  const time = new Date().toISOString().replace(/\.\d+Z$/u, 'Z');
  for (const stack of stacks) {
    const { account, region } = bus.place;
    const id = `arn:aws:cloudformation:${region}:${account}:stack/${stack}/${randomUUID()}`;
    bus.put({
      'detail-type': 'CloudFormation Stack Status Change',
      source: 'aws.cloudformation',
      time,
      resources: [id],
      detail: {
        'stack-id': id,
        'status-details': { status, 'status-reason': '' },
        'client-request-token': randomUUID(),
      },
    });
  }
}
