import * as z from 'zod';
import { type AwsEvent, one, placeOf, sourceOf } from './aws-event.ts';
import { breachOnset } from './breach-onset.ts';
import type { DirectoryIndex } from './directory-index.ts';
import { hintsOf, type Translated } from './translation.ts';

/** Of metric alarms, of those of metric math and of composites: what an event has beside is of no use here. */
export const alarmSchema = z.looseObject({
  alarmName: z.string().min(1),
  state: z.looseObject({
    value: z.string(),
    reason: z.string().optional(),
    reasonData: z.string().optional(),
    timestamp: z.string(),
  }),
  configuration: z.looseObject({ description: z.string().optional() }).optional(),
  alarmTags: z.record(z.string(), z.string()).optional().catch(undefined),
});

/** An incident opens on ALARM and closes on OK only: without data it is not known whether it is over. */
export function fromAlarm(
  event: AwsEvent,
  { alarmName, state, configuration, alarmTags }: z.infer<typeof alarmSchema>,
  directory: DirectoryIndex,
): Translated {
  const type = { ALARM: 'incident.detected', OK: 'incident.resolved' }[state.value];
  if (type === undefined) {
    return { ignored: `${alarmName} has not enough data: what it told before still holds.` };
  }
  const { service, environment } = placeOf(alarmName, directory, alarmTags);
  const at = new Date(state.timestamp).toISOString();
  const onsetMs = type === 'incident.detected' ? breachOnset(state.reason, state.reasonData) : undefined;
  const description = configuration?.description ?? state.reason;
  return one({
    type,
    id: `alarm/${alarmName}/${state.value}/${at}`,
    source: sourceOf(event, 'cloudwatch'),
    at,
    subject: alarmName,
    content: {
      environment: { id: environment },
      ...(description === undefined ? {} : { description }),
    },
    hints: hintsOf({ onsetAt: onsetMs === undefined ? undefined : new Date(onsetMs).toISOString() }),
    services: [service],
  });
}
