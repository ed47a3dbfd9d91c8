import * as z from 'zod';

const mrkdwn = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(3000) });

/**
 * What a chat's incoming webhook gets: `blocks` for Slack, and `text`, which says the same to chats that know no blocks.
 * Source of the limits: Slack's Block Kit reference.
 */
export const chatMessageSchema = z.strictObject({
  text: z.string().min(1).max(8000),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('header'),
          text: z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(150) }),
        }),
        z.strictObject({ type: z.literal('section'), text: mrkdwn }),
      ]),
    )
    .max(50),
});
export type ChatMessage = z.infer<typeof chatMessageSchema>;

const link = z.strictObject({ href: z.url(), text: z.string().min(1) });

const dedupKey = z.string().min(1).max(255);

/** An event of PagerDuty's Events API v2 without the `routing_key`, which is a secret and is added on the way. */
export const pagerEventSchema = z.discriminatedUnion('event_action', [
  z.strictObject({
    event_action: z.literal('trigger'),
    dedup_key: dedupKey,
    client: z.string(),
    client_url: z.url().optional(),
    links: z.array(link),
    payload: z.strictObject({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'warning']),
      timestamp: z.iso.datetime(),
      component: z.string().optional(),
      group: z.string(),
      class: z.string(),
      custom_details: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    }),
  }),
  z.strictObject({ event_action: z.literal('resolve'), dedup_key: dedupKey }),
]);
export type PagerEvent = z.infer<typeof pagerEventSchema>;
