import * as z from 'zod';

/** The name of a field in the JSON of the stage's secret; the value is never in a template, an environment or a log. */
const secretField = z.string().min(1);

const targets = z.strictObject({
  /** Holds the address of a chat's incoming webhook. @default no chat */
  chat: secretField.optional(),
  /** Holds an integration key of PagerDuty's Events API v2. @default no pager */
  pagerDuty: secretField.optional(),
});

/** Where each team gets its alarms: `{ "campaigns": { "page": { "chat": "campaigns-chat", … }, "ticket": { … } } }`. */
export const alarmTargetsSchema = z.record(z.string(), z.strictObject({ page: targets, ticket: targets }));
export type AlarmTargets = z.infer<typeof alarmTargetsSchema>;
