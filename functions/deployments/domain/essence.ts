import {
  deploymentHints,
  type ArchivedEvent,
  type DeploymentHints,
} from '../../contracts/deployment-event.ts';
import { identityOf } from './identity.ts';

/** What is kept of an event for questions; the event itself lies in the archive. */
export interface Essence {
  readonly identity: string;
  /** Its place in its service's chain. */
  readonly sequence: number;
  /** `service.deployed`; of types that are not CDEvents' own, the whole type. */
  readonly type: string;
  /** When it happened, as its sender says. */
  readonly atMs: number;
  readonly receivedMs: number;
  readonly subject: string;
  /** `context.id`: what links of other events point to. */
  readonly context: string;
  readonly chain?: string | undefined;
  readonly environment?: string | undefined;
  readonly artifact?: string | undefined;
  /** Of an artifact: the change that it was made of. */
  readonly change?: string | undefined;
  /** Context ids of the events that its links name. */
  readonly links?: readonly string[] | undefined;
  readonly onsetMs?: number | undefined;
  readonly committedMs?: number | undefined;
  readonly unplanned?: boolean | undefined;
  readonly marks?: readonly ArchivedEvent['marks'][number][] | undefined;
}

export function essenceOf(record: ArchivedEvent): Essence {
  const { context, subject } = record.event;
  const { content } = subject;
  const type = shortType(context.type);
  const hints = hintsOf(record.event['customData']);
  const links = (context.links ?? []).flatMap(targetsOf);
  return {
    identity: identityOf(record.event),
    sequence: record.sequence,
    type,
    atMs: Date.parse(context.timestamp),
    receivedMs: Date.parse(record.received.at),
    subject: subject.id,
    context: context.id,
    chain: context.chainId,
    environment: idOf(content['environment']),
    artifact: type.startsWith('artifact.') ? subject.id : textOf(content['artifactId']),
    change: idOf(content['change']),
    links: links.length > 0 ? links : undefined,
    onsetMs: hints.onsetAt === undefined ? undefined : Date.parse(hints.onsetAt),
    committedMs: hints.committedAt === undefined ? undefined : Date.parse(hints.committedAt),
    unplanned: hints.unplanned,
    marks: record.marks.length > 0 ? record.marks : undefined,
  };
}

/** Types that were met: all events of a type share its name. */
const shortTypes = new Map<string, string>();
const mostTypes = 1000;

/** `dev.cdevents.service.deployed.0.3.0` is `service.deployed`, whatever its version; other types stay whole. */
export function shortType(type: string): string {
  const known = shortTypes.get(type);
  if (known !== undefined) {
    return known;
  }
  const short = /^dev\.cdevents\.(\w+\.\w+)\.\d+\.\d+\.\d+/u.exec(type)?.[1] ?? type;
  if (shortTypes.size === mostTypes) {
    shortTypes.clear();
  }
  shortTypes.set(type, short);
  return short;
}

/** Hints are an addition: those that are not of their shape say nothing. */
function hintsOf(customData: unknown): DeploymentHints {
  const fanfare =
    typeof customData === 'object' && customData !== null && 'fanfare' in customData
      ? deploymentHints.safeParse(customData.fanfare)
      : undefined;
  return fanfare?.success === true ? fanfare.data : {};
}

/** The events at the other end of a link: `target` of a RELATION, `from` of a PATH or an END. */
const targetsOf = (link: Readonly<Record<string, unknown>>): string[] =>
  [link['target'], link['from']].flatMap((end) => {
    const id =
      typeof end === 'object' && end !== null && 'contextId' in end ? textOf(end.contextId) : undefined;
    return id === undefined ? [] : [id];
  });

const idOf = (reference: unknown): string | undefined =>
  typeof reference === 'object' && reference !== null && 'id' in reference ? textOf(reference.id) : undefined;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
