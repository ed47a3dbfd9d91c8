import { hash } from 'node:crypto';
import type { DeploymentEvent } from '../../contracts/deployment-event.ts';

/**
 * Who an event is: two with the same `source` and `id` are one, sent again (CDEvents and CloudEvents). 96 bits of SHA-256, as base64url: short, and beyond
 * chance within one service.
 */
export function identityOf({ context }: DeploymentEvent['event']): string {
  return shortDigest(`${context.source}\n${context.id}`);
}

/** 16 characters for a text of any length. They are made of the bytes, since a part of a longer text would keep all of it in memory. */
export const shortDigest = (text: string): string =>
  hash('sha256', text, 'buffer').toString('base64url', 0, 12);

/** What an event is called over HTTP: it says where to look. */
export const eventIdOf = (service: string, identity: string): string => `${service}~${identity}`;

/** @returns undefined when it is no event's id */
export function parseEventId(id: string): { service: string; identity: string } | undefined {
  const [, service, identity] = /^(.+)~([\w-]{16})$/su.exec(id) ?? [];
  return service === undefined || identity === undefined ? undefined : { service, identity };
}
