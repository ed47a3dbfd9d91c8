import * as z from 'zod';

/** SHA-256 in hex. */
const digest = z.string().regex(/^[0-9a-f]{64}$/u);
const time = z.iso.datetime();

/** What is remarkable about an event that was taken in nevertheless. */
const deploymentEventMarks = ['future', 'ancient', 'unknown-type', 'unowned'] as const;

/**
 * The part of a CDEvent 0.5.1 that everything after the receiver relies on, whatever its type; what else the sender wrote stays as it is.
 * Source: https://github.com/cdevents/spec/tree/v0.5.1
 */
const carriedCdEvent = z.looseObject({
  context: z.looseObject({
    specversion: z.string(),
    id: z.string().min(1),
    source: z.string().min(1),
    type: z.string().min(1),
    timestamp: z.string().min(1),
    chainId: z.string().optional(),
    links: z.array(z.looseObject({ linkType: z.string() })).optional(),
  }),
  subject: z.looseObject({
    id: z.string().min(1),
    source: z.string().optional(),
    content: z.record(z.string(), z.unknown()),
  }),
});

/**
 * What a sender may add to any CDEvent under `customData.fanfare`, and what our translations of webhooks and alarms do add: CDEvents have no place for it.
 */
export const deploymentHints = z.object({
  /** Of a change: when its first commit was made. */
  committedAt: time.optional(),
  /** Of an incident: when it began, where that is known; it is noticed later. */
  onsetAt: time.optional(),
  /** Of a deployment: whether it was made to mend something that users noticed. */
  unplanned: z.boolean().optional(),
  /** Where people read more about it. */
  url: z.url().optional(),
});
export type DeploymentHints = z.infer<typeof deploymentHints>;

/** What `receive` queues for `record`: one event, valid, and what is known of how it came. */
export const deploymentEvent = z.object({
  event: carriedCdEvent,
  /** The service that it is about: its chain in the archive and its group in the queue. */
  service: z.string().min(1).max(200),
  received: z.object({
    /** ISO 8601 UTC. */
    at: time,
    via: z.enum(['cdevents', 'github', 'gitlab', 'pagerduty', 'aws']),
    /** Whose secret signed it, or the AWS account that sent it. */
    connection: z.string().min(1),
  }),
  marks: z.array(z.enum(deploymentEventMarks)),
  /** What the sender sent, where it was translated: the raw body as text. */
  original: z.object({ contentType: z.string(), body: z.string() }).optional(),
});
export type DeploymentEvent = z.infer<typeof deploymentEvent>;

/** One line of the archive: an event in its place in its service's chain. */
export const archivedEvent = deploymentEvent.extend({
  /** 1 is the service's first. */
  sequence: z.int().positive(),
  /** `hash` of the record before it; 64 zeros before the first. */
  previous: digest,
  /** SHA-256 of `previous` and the canonical JSON of all the rest. */
  hash: digest,
});
export type ArchivedEvent = z.infer<typeof archivedEvent>;
