import { checkCdEvent } from '../../../contracts/cdevent.ts';
import type { DeploymentEvent } from '../../../contracts/deployment-event.ts';
import { PermanentError } from '../../../kernel/errors.ts';
import { deploymentsMetrics } from '../../metrics.ts';
import { readAwsEvent } from './aws-event.ts';
import { fromAws } from './from-aws.ts';
import type { TakeAwsDeps } from './ports.ts';
import { toDeploymentEvent } from './take-in.ts';
import { toCdEvent } from './translation.ts';

/**
 * Takes in an event of EventBridge, in the words of CDEvents, with itself beside them. The bus is this account's own, so that what it says is believed.
 *
 * @throws when it cannot be read or queued: EventBridge gives it to Lambda again, and Lambda sets it aside in the end
 */
export async function takeAws(
  { directory, queue, meter, clock, deployments }: TakeAwsDeps,
  value: unknown,
): Promise<void> {
  const event = readAwsEvent(value);
  const services = await directory();
  const translated = await fromAws(event, services, deployments);
  if ('ignored' in translated) {
    return;
  }
  const events = translated.translations.flatMap((translation) =>
    translation.services.map((service): DeploymentEvent => {
      const checked = checkCdEvent(toCdEvent(translation, service));
      if (!checked.isValid) {
        throw new PermanentError(
          'invalid-event',
          `${event['detail-type']} makes no valid event: ${JSON.stringify(checked.problems)}`,
        );
      }
      return {
        ...toDeploymentEvent(checked.event, service, checked.isKnown, services, clock(), {
          via: 'aws',
          connection: event.account,
        }),
        original: { contentType: 'application/json', body: JSON.stringify(value) },
      };
    }),
  );
  await queue.send(events);
  meter.count(deploymentsMetrics.eventQueued, events.length);
}
