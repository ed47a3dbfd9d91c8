import { createHash } from 'node:crypto';
import type * as z from 'zod';
import type { CdEvent } from '../../../contracts/cdevent.ts';
import { cdEventContents } from '../../../contracts/cdevent-contents.ts';
import type { DeploymentHints } from '../../../contracts/deployment-event.ts';

/** What a tool told, in the words of CDEvents. */
export interface Translation {
  /** `service.deployed`; for what CDEvents have no word for, a whole type `dev.cdeventsx.…`. */
  readonly type: string;
  /** What happened, by its sender's ids: told twice, it is one event. */
  readonly id: string;
  /** URL of the place that it happened at. */
  readonly source: string;
  /** ISO 8601. */
  readonly at: string;
  readonly subject: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly hints?: DeploymentHints;
  /** What it was made of: events of the same chain are links of one story. */
  readonly chain?: string | undefined;
  /** Whom it concerns, by id; each gets its own copy. */
  readonly services: readonly string[];
}

/** What is translated, or why nothing follows from it. */
export type Translated = { readonly translations: readonly Translation[] } | { readonly ignored: string };

/** The payload is not what the tool documents. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';
  readonly issues: z.core.$ZodIssue[];

  constructor(error: z.ZodError) {
    super('the payload is not of the shape that the tool documents', { cause: error });
    this.issues = error.issues;
  }
}

/** @throws UnreadablePayload */
export function readPayload<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(payload);
  if (!parsed.success) {
    throw new UnreadablePayload(parsed.error);
  }
  return parsed.data;
}

/** The copy of one service. Of several, each is an event of its own. */
export function toCdEvent(translation: Translation, service: string): CdEvent {
  const { type, id, source, at, subject, content, hints, chain, services } = translation;
  const known = cdEventContents[type];
  const isSubject = type.startsWith('service.');
  return {
    context: {
      specversion: '0.5.1',
      id: services.length > 1 ? `${id}#${service}` : id,
      source,
      type: known === undefined ? type : `dev.cdevents.${type}.${known.version}`,
      timestamp: new Date(at).toISOString(),
      ...(chain === undefined ? {} : { chainId: chain }),
    },
    subject: {
      id: isSubject ? service : subject,
      source,
      content: {
        ...content,
        ...(type.startsWith('incident.') ? { service: { id: service } } : {}),
      },
    },
    ...(hints === undefined || Object.keys(hints).length === 0 ? {} : { customData: { fanfare: hints } }),
  };
}

/** The chain of a commit: whatever was built of it and deployed is in it. A UUID (version 8, of a digest), as the specification asks. */
export function chainOf(repository: string, commit: string): string {
  const hex = createHash('sha256').update(`${repository}@${commit}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The earliest of some times, written in ISO 8601; undefined of none. */
export function earliest(times: readonly (string | null | undefined)[]): string | undefined {
  const moments = times.flatMap((time) =>
    typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? [Date.parse(time)] : [],
  );
  return moments.length === 0 ? undefined : new Date(Math.min(...moments)).toISOString();
}

/** Hints without those that are not known, with times in UTC. */
export const hintsOf = (hints: {
  readonly [Name in keyof DeploymentHints]: DeploymentHints[Name];
}): DeploymentHints =>
  Object.fromEntries(
    Object.entries(hints).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, typeof value === 'string' && name.endsWith('At') ? new Date(value).toISOString() : value]],
    ),
  );
