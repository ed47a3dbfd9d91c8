import * as z from 'zod';
import { alarmTargetsSchema } from '../contracts/alarm-targets.ts';

const name = z.string().min(1);

/** JSON as text, which is all that an environment variable can be. */
const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'write it as JSON' });
    return z.NEVER;
  }
});

/** The environment of each function: `lib` types its variables with it, the function parses it once at cold start. */
export const notifyEnv = z.object({
  STAGE_NAME: name,
  /** JSON: where each team gets its alarms, by the names of the secret's fields. */
  NOTIFY_TARGETS: json.pipe(alarmTargetsSchema),
  /** Of the secret whose JSON has those fields. */
  NOTIFY_SECRET_NAME: name,
  /** PagerDuty's Events API v2, `https://events.pagerduty.com/v2/enqueue`. */
  PAGERDUTY_EVENTS_URL: z.url({ protocol: /^https?$/u }),
  /** Of docs/runbook.md as people read it; alarms link to its headings. */
  RUNBOOK_URL: z.url({ protocol: /^https?$/u }),
});
