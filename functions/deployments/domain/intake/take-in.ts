import { type CdEvent, checkCdEvent, type EventProblem } from '../../../contracts/cdevent.ts';
import type { DeploymentEvent } from '../../../contracts/deployment-event.ts';
import type { Connection } from '../../../contracts/service-directory.ts';
import { type DirectoryIndex, maySpeakFor, toServiceId } from './directory-index.ts';
import { fromSpec04 } from './from-spec-04.ts';

/** Clocks of senders may be so far ahead of ours, in milliseconds. */
const aheadMs = 5 * 60_000;
/** Older events are taken in for the record; reports keep details of no more days. */
const ancientMs = 400 * 24 * 60 * 60_000;

export type TakenIn =
  | { readonly isTaken: true; readonly event: DeploymentEvent }
  | {
      readonly isTaken: false;
      readonly reason: 'invalid' | 'not-yours';
      readonly problems: readonly EventProblem[];
    };

export interface Intake {
  readonly directory: DirectoryIndex;
  readonly connection: Connection;
  readonly receivedMs: number;
}

/** Checks one CDEvent that a sender wrote itself, and finds the service that it is about. */
export function takeIn(value: unknown, intake: Intake): TakenIn {
  const adapted = fromSpec04(value);
  const checked = checkCdEvent(adapted ?? value);
  if (!checked.isValid) {
    return { isTaken: false, reason: 'invalid', problems: checked.problems };
  }
  const service = serviceOf(checked.event, intake);
  if (!maySpeakFor(intake.connection, service)) {
    const { id } = intake.connection;
    return {
      isTaken: false,
      reason: 'not-yours',
      problems: [
        { pointer: '/subject', detail: `the connection ${id} may not speak for the service ${service}` },
      ],
    };
  }
  return {
    isTaken: true,
    event: {
      ...toDeploymentEvent(checked.event, service, checked.isKnown, intake.directory, intake.receivedMs, {
        via: 'cdevents',
        connection: intake.connection.id,
      }),
      ...(adapted === undefined
        ? {}
        : { original: { contentType: 'application/json', body: JSON.stringify(value) } }),
    },
  };
}

/** An event that is valid and whose service is known, as it is queued. */
export function toDeploymentEvent(
  event: CdEvent,
  service: string,
  isKnown: boolean,
  directory: DirectoryIndex,
  receivedMs: number,
  from: Pick<DeploymentEvent['received'], 'via' | 'connection'>,
): DeploymentEvent {
  const atMs = Date.parse(event.context.timestamp);
  const marks: DeploymentEvent['marks'] = [
    ...(atMs > receivedMs + aheadMs ? (['future'] as const) : []),
    ...(atMs < receivedMs - ancientMs ? (['ancient'] as const) : []),
    ...(isKnown ? [] : (['unknown-type'] as const)),
    ...(directory.service(service) === undefined ? (['unowned'] as const) : []),
  ];
  return { event, service, received: { at: new Date(receivedMs).toISOString(), ...from }, marks };
}

/**
 * The service that an event is about, by what says it best: a service or incident names it; an artifact's package and a repository are in the directory; a sender
 * that may speak for one service alone speaks of that one. What nobody knows gets a chain of its own.
 */
function serviceOf({ context, subject }: CdEvent, { directory, connection }: Intake): string {
  const kind = /^dev\.cdevents\.(\w+)\./u.exec(context.type)?.[1] ?? '';
  const { content } = subject;
  const repository = reference(content['repository']) ?? reference(content['change']);
  const [only, ...others] = connection.services;
  const found =
    (kind === 'service' ? lastPart(subject.id, directory) : undefined) ??
    textAt(content['service'], 'id') ??
    [subject.id, textAt(content, 'artifactId')].reduce<string | undefined>(
      (known, each) => known ?? (each === undefined ? undefined : directory.ofArtifact(each)),
      undefined,
    ) ??
    [repository, subject.source, context.source, kind === 'repository' ? subject.id : undefined]
      .flatMap((address) => (address === undefined ? [] : directory.ofRepository({ address })))
      .at(0) ??
    (others.length === 0 && only !== undefined && !only.endsWith('*') ? only : undefined);
  return found === undefined ? toServiceId(`unattributed-${connection.id}`) : toServiceId(found);
}

/** Deployment tools write `service/render` or `daemonset/render`; the directory decides whether `render` is meant. */
function lastPart(id: string, directory: DirectoryIndex): string {
  const last = id.split('/').at(-1) ?? id;
  return directory.service(id) === undefined && directory.service(last) !== undefined ? last : id;
}

/** `{"id": "acme/shop", "source": "github.com"}` is `github.com/acme/shop`. */
function reference(value: unknown): string | undefined {
  const id = textAt(value, 'id');
  const source = textAt(value, 'source');
  if (id === undefined) {
    return undefined;
  }
  return source === undefined || id.includes('.') || source.endsWith(id) ? (source ?? id) : `${source}/${id}`;
}

const textAt = (value: unknown, name: string): string | undefined => {
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
};
