import { checkCdEvent } from '../../../contracts/cdevent.ts';
import type { DeploymentEvent } from '../../../contracts/deployment-event.ts';
import { toPointer } from '../../../contracts/json-pointer.ts';
import type { Connection } from '../../../contracts/service-directory.ts';
import { HttpProblem } from '../../../kernel/http-problem.ts';
import { authenticate } from './authenticate.ts';
import { type DirectoryIndex, maySpeakFor } from './directory-index.ts';
import { fromGitHub } from './from-github.ts';
import { fromGitLab } from './from-gitlab.ts';
import { fromPagerDuty } from './from-pagerduty.ts';
import type { ReceiveDeps } from './ports.ts';
import { limits, parse, within } from './read-cloud-events.ts';
import { nameOf, queue } from './receive-events.ts';
import type { SignedRequest } from './signatures.ts';
import { toDeploymentEvent } from './take-in.ts';
import { toCdEvent, type Translated, type Translation, UnreadablePayload } from './translation.ts';

/** What was done with a webhook. */
export interface WebhookReceipt {
  readonly accepted: readonly { readonly id: string; readonly service: string }[];
  /** Why nothing was taken in, in words. */
  readonly ignored?: string;
}

type WebhookKind = Exclude<Connection['kind'], 'cdevents'>;

export const isWebhookKind = (kind: string): kind is WebhookKind =>
  kind === 'github' || kind === 'gitlab' || kind === 'pagerduty';

/**
 * Takes in what a tool tells by webhook, in the words of CDEvents, with what it said itself beside them. When it returns, all of it is durable.
 *
 * @throws HttpProblem when it cannot be taken in
 */
export async function receiveWebhook(
  deps: ReceiveDeps,
  kind: WebhookKind,
  connectionId: string,
  request: SignedRequest,
): Promise<WebhookReceipt> {
  const directory = await deps.directory();
  const connection = await authenticate(deps, directory, { id: connectionId, kind }, request);
  const payload = parse(within(jsonBody(request), limits.eventBytes));
  const translated = translate(kind, request.headers, payload, connection, directory);
  if ('ignored' in translated) {
    return { accepted: [], ignored: translated.ignored };
  }
  const events = translated.translations.flatMap((translation) =>
    speakable(translation, connection).map((service) =>
      taken(translation, service, { kind, connection, directory, request, receivedMs: deps.clock() }),
    ),
  );
  await queue(deps, events);
  return { accepted: events.map(nameOf) };
}

/** GitHub sends forms unless told otherwise. */
function jsonBody({ headers, body }: SignedRequest): Uint8Array {
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new HttpProblem(
      415,
      'unknown-content-type',
      'The webhook must send application/json: choose it as content type where the webhook is set up.',
    );
  }
  return body;
}

function translate(
  kind: WebhookKind,
  headers: SignedRequest['headers'],
  payload: unknown,
  connection: Connection,
  directory: DirectoryIndex,
): Translated {
  try {
    switch (kind) {
      case 'github':
        return fromGitHub(headers['x-github-event'] ?? '', payload, directory);
      case 'gitlab':
        return fromGitLab(headers['x-gitlab-event'] ?? '', payload, directory);
      case 'pagerduty':
        return fromPagerDuty(payload, connection, directory);
    }
  } catch (error) {
    if (error instanceof UnreadablePayload) {
      throw new HttpProblem(422, 'invalid-event', `The payload is not what ${kind} documents.`, {
        errors: error.issues.map(({ path, message }) => ({
          pointer: toPointer(path),
          detail: message,
        })),
      });
    }
    throw error;
  }
}

/** Of the services that something concerns, those for which the connection may speak. */
function speakable({ services }: Translation, connection: Connection): string[] {
  const own = services.filter((service) => maySpeakFor(connection, service));
  if (own.length === 0) {
    throw new HttpProblem(
      403,
      'not-your-service',
      `The connection ${connection.id} may not speak for the service ${services.join(', ')}.`,
    );
  }
  return own;
}

function taken(
  translation: Translation,
  service: string,
  from: {
    readonly kind: WebhookKind;
    readonly connection: Connection;
    readonly directory: DirectoryIndex;
    readonly request: SignedRequest;
    readonly receivedMs: number;
  },
): DeploymentEvent {
  const { kind, connection, directory, request, receivedMs } = from;
  const checked = checkCdEvent(toCdEvent(translation, service));
  if (!checked.isValid) {
    throw new HttpProblem(422, 'invalid-event', 'What the webhook says makes no valid event.', {
      errors: [...checked.problems],
    });
  }
  return {
    ...toDeploymentEvent(checked.event, service, checked.isKnown, directory, receivedMs, {
      via: kind,
      connection: connection.id,
    }),
    original: { contentType: 'application/json', body: Buffer.from(request.body).toString('utf8') },
  };
}
