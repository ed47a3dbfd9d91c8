import type { EventProblem } from '../../../contracts/cdevent.ts';
import { HttpProblem } from '../../../kernel/http-problem.ts';
import { isObject, problemsOfAttributes } from './cloud-event-attributes.ts';
import type { SignedRequest } from './signatures.ts';

/** Limits of one request, in bytes and events. */
export const limits = { eventBytes: 256 * 1024, batchBytes: 4 * 1024 * 1024, batchEvents: 500 } as const;

/** One event of a request, as it was sent. */
export interface SentEvent {
  /** The CDEvent; `problems` say why there is none that could be one. */
  readonly value: unknown;
  readonly problems: readonly EventProblem[];
}

/**
 * The CDEvents of a request: bare JSON, or in CloudEvents in binary, structured and batched mode.
 * Source: CDEvents 0.5.1, "CloudEvents Binding"; CloudEvents 1.0.2, "HTTP Protocol Binding".
 *
 * @throws HttpProblem when the request as a whole cannot be read
 */
export function readCloudEvents({ headers, body }: SignedRequest): { isBatch: boolean; events: SentEvent[] } {
  const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  switch (mediaType) {
    case 'application/json': {
      const value = parse(within(body, limits.eventBytes));
      return {
        isBatch: false,
        events: [headers['ce-specversion'] === undefined ? sent(value, []) : fromBinary(headers, value)],
      };
    }
    case 'application/cloudevents+json':
      return { isBatch: false, events: [fromEnvelope(parse(within(body, limits.eventBytes)))] };
    case 'application/cloudevents-batch+json':
      return { isBatch: true, events: readBatch(parse(within(body, limits.batchBytes))) };
    default:
      throw new HttpProblem(
        415,
        'unknown-content-type',
        `The body must be application/json, application/cloudevents+json or application/cloudevents-batch+json, not ${mediaType === '' ? 'without a content type' : mediaType}.`,
      );
  }
}

/** @throws HttpProblem 413 when the body is longer than allowed */
export function within(body: Uint8Array, most: number): Uint8Array {
  if (body.byteLength > most) {
    throw new HttpProblem(
      413,
      'body-too-large',
      `The body has ${body.byteLength} bytes; ${most} are taken at once. An event may have ${limits.eventBytes}.`,
    );
  }
  return body;
}

/** @throws HttpProblem 400 when the body is not JSON */
export function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HttpProblem(400, 'malformed-json', `The body is not JSON: ${reason}.`, { cause: error });
  }
}

function readBatch(value: unknown): SentEvent[] {
  if (!Array.isArray(value)) {
    throw new HttpProblem(422, 'invalid-request', 'A batch is a JSON array of CloudEvents.');
  }
  if (value.length > limits.batchEvents) {
    throw new HttpProblem(
      413,
      'batch-too-large',
      `The batch has ${value.length} events; ${limits.batchEvents} are taken at once.`,
    );
  }
  return value.map((each) =>
    Buffer.byteLength(JSON.stringify(each)) > limits.eventBytes
      ? sent(undefined, [{ pointer: '', detail: `an event may have ${limits.eventBytes} bytes` }])
      : fromEnvelope(each),
  );
}

function fromBinary(headers: SignedRequest['headers'], value: unknown): SentEvent {
  return sent(
    value,
    problemsOfAttributes(
      value,
      (name) => {
        const header = headers[`ce-${name}`];
        return header === undefined ? undefined : decoded(header);
      },
      (name) => `header ce-${name}`,
    ),
  );
}

function fromEnvelope(envelope: unknown): SentEvent {
  if (!isObject(envelope)) {
    return sent(undefined, [{ pointer: '', detail: 'a CloudEvent is a JSON object' }]);
  }
  const { data, data_base64: base64 } = envelope;
  if (data === undefined) {
    return sent(undefined, [
      {
        pointer: base64 === undefined ? '/data' : '/data_base64',
        detail: 'write the whole CDEvent as JSON in data',
      },
    ]);
  }
  return sent(
    data,
    problemsOfAttributes(
      data,
      (name) => envelope[name],
      (name) => `attribute ${name}`,
    ),
  );
}

/** Header values are percent-encoded where they are not ASCII. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const sent = (value: unknown, problems: readonly EventProblem[]): SentEvent => ({ value, problems });
