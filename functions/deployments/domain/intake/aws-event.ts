import * as z from 'zod';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { readPayload, type Translated, type Translation } from './translation.ts';

const eventSchema = z.looseObject({
  id: z.string().min(1),
  'detail-type': z.string(),
  account: z.string(),
  region: z.string(),
  time: z.string(),
  detail: z.unknown(),
});
export type AwsEvent = z.infer<typeof eventSchema>;

/** Read at the border: everything else is per kind of event. Throws UnreadablePayload. */
export const readAwsEvent = (value: unknown): AwsEvent => readPayload(eventSchema, value);

interface Place {
  readonly service: string;
  readonly environment: string;
}

/** By the tags that a deployment of Fanfare writes, else by the name. */
export function placeOf(
  name: string,
  directory: DirectoryIndex,
  tags: Readonly<Record<string, string>> = {},
): Place {
  const known = directory.ofAws(name);
  return {
    service: toServiceId(tags['Service'] ?? known?.service ?? name),
    environment: tags['Stage'] ?? known?.environment ?? 'production',
  };
}

/** @param tells the service of AWS that tells of it */
export const sourceOf = ({ account, region }: AwsEvent, tells: string): string =>
  `aws:${tells}:${region}:${account}`;

export const timeOf = ({ time }: AwsEvent): string => new Date(time).toISOString();

export const one = (translation: Translation): Translated => ({ translations: [translation] });
