import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { AwsEnvironment, AwsService } from './aws-environment.ts';
import { letGo } from './let-go.ts';
import { createRequestSigner, type RequestSigner } from './sign-request.ts';

export interface AwsRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  readonly hostname: string;
  /** Encoded as it is sent, without a query. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | Uint8Array | undefined;
}

export interface AwsAnswer {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** AWS refused a request, or could not answer it in three attempts. `name` is the service's own code, such as `NoSuchKey`. */
export class AwsRequestError extends Error {
  override readonly name: string;
  /** Of the answer. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.status = status;
  }
}

/** Sends one request and answers when AWS has. What a retry may mend is tried three times. Throws AwsRequestError for any other answer than success. */
export type AwsRequester = (request: AwsRequest) => Promise<AwsAnswer>;

export interface AwsServiceOptions {
  readonly service: AwsService;
  readonly environment: AwsEnvironment;
  /** Reads what the service says when it does not answer with success. */
  readonly errorOf: (status: number, body: string) => AwsRequestError;
}

/** As the SDK's standard retry mode: three attempts, each after a random part of a time that doubles. Source: AWS SDKs and tools reference, "Retry behavior". */
const maxAttempts = 3;
const retryDelayMs = 100;
/** Codes that a retry may mend although their status does not say so. */
const transientCodes = new Set([
  'RequestTimeout',
  'SlowDown',
  'InternalError',
  'ServiceUnavailable',
  'RequestThrottled',
  'ThrottlingException',
]);

/** A connection on which nothing has come for so long is given up; S3 and SQS answer in well under a second. */
const silenceMs = 10_000;

const connections = { keepAlive: true, maxSockets: 50 };

/** Requests to one service, over connections of its own. The SDK's clients do the same in a hundred functions and five times the time. */
export function createAwsRequester({ service, environment, errorOf }: AwsServiceOptions): AwsRequester {
  const { region, credentials, endpoints } = environment;
  const endpoint = endpoints[service];
  const { protocol, port } = endpoint === undefined ? { protocol: 'https:', port: '' } : new URL(endpoint);
  const secure = protocol === 'https:';
  const connection: Connection = {
    secure,
    port: port === '' ? undefined : port,
    agent: secure ? new HttpsAgent(connections) : new HttpAgent(connections),
    sign: createRequestSigner(service, region, credentials),
  };
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await send(connection, request, errorOf);
      } catch (error) {
        if (attempt === maxAttempts || !isTransient(error)) {
          throw error;
        }
        await pause(Math.random() * retryDelayMs * 2 ** attempt);
      }
    }
  };
}

/** The service has too much to do, or the connection broke. */
const isTransient = (error: unknown): boolean =>
  !(error instanceof AwsRequestError) || error.status >= 500 || transientCodes.has(error.name);

interface Connection {
  readonly secure: boolean;
  readonly port: string | undefined;
  readonly agent: HttpAgent;
  readonly sign: RequestSigner;
}

async function send(
  to: Connection,
  { method, hostname, path, headers, body }: AwsRequest,
  errorOf: AwsServiceOptions['errorOf'],
): Promise<AwsAnswer> {
  const host = to.port === undefined ? hostname : `${hostname}:${to.port}`;
  const signed = to.sign({ method, path, headers: { host, ...headers }, body: body ?? '' }, new Date());
  // Lambda recognises by it a function that, in the end, invokes itself. It changes on its way, so it is not signed.
  const trace = process.env['_X_AMZN_TRACE_ID'];
  if (trace !== undefined) {
    signed['x-amzn-trace-id'] = trace;
  }
  if (body !== undefined) {
    signed['content-length'] = String(Buffer.byteLength(body));
  }
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = (to.secure ? httpsRequest : httpRequest)({
      method,
      path,
      hostname,
      port: to.port,
      headers: signed,
      agent: to.agent,
      timeout: silenceMs,
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${hostname} was silent for ${silenceMs} ms`)));
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(body);
  });
  const received = await readBody(incoming, method !== 'HEAD');
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status >= 300) {
    throw errorOf(status, received.toString('utf8'));
  }
  return { headers: incoming.headers, body: received };
}

/** Bytes; the memory of smaller answers is little, and most answers are. */
const worthLettingGo = 16_384;

/** The body in one piece of memory of its own, but for a small one, which may share it. */
async function readBody(incoming: IncomingMessage, hasBody: boolean): Promise<Buffer> {
  // Of an answer to HEAD that is the length of a body which does not come.
  const length = hasBody ? Number(incoming.headers['content-length'] ?? Number.NaN) : 0;
  return new Promise((resolve, reject) => {
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Error('The connection closed within an answer')));
    if (length >= worthLettingGo) {
      gatherLarge(incoming, length, resolve);
      return;
    }
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => resolve(Buffer.concat(parts)));
  });
}

/**
 * Gives back the memory of each part as soon as the parser that made it is through with it, which it is when the next one comes, and what the parser has read from
 * the connection, of which the parts are copies.
 */
function gatherLarge(incoming: IncomingMessage, length: number, resolve: (body: Buffer) => void): void {
  const { socket } = incoming;
  // Behind the parser's own listener.
  socket.on('data', letGo);
  // Not from the pool that small buffers share: a photo is let go as a whole.
  const body = Buffer.allocUnsafeSlow(length);
  let received = 0;
  let last: Buffer | undefined;
  const letLastGo = (next?: Buffer): void => {
    if (last !== undefined) {
      letGo(last);
    }
    last = next;
  };
  incoming.on('data', (part: Buffer) => {
    received += part.copy(body, received);
    letLastGo(part);
  });
  incoming.on('end', () => {
    socket.off('data', letGo);
    letLastGo();
    resolve(body);
  });
}
