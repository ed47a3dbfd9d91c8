import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { letGo } from './let-go.ts';
import { createRequestSigner, type RequestSigner } from './sign-request.ts';

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface S3Answer {
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** S3 refused a request, or could not answer it in three attempts. `name` is S3's own code, such as `NoSuchKey`. */
export class S3RequestError extends Error {
  override readonly name: string;
  /** Of the answer. */
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.name = code;
    this.status = status;
  }
}

/** As the SDK's standard retry mode: three attempts, each after a random part of a time that doubles. Source: AWS SDKs and tools reference, "Retry behavior". */
const maxAttempts = 3;
const retryDelayMs = 100;
/** Codes that a retry may mend although their status does not say so. */
const transientCodes = new Set(['RequestTimeout', 'SlowDown', 'InternalError', 'ServiceUnavailable']);

/** A connection on which nothing has come for so long is given up; S3 answers in well under a second. */
const silenceMs = 10_000;

const connections = { keepAlive: true, maxSockets: 50 };

/** Whom to ask and in whose name: as the SDK finds them in Lambda's environment, which is the same for the whole life of an execution environment. */
const environmentSchema = z.object({
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  /** Another S3 than AWS's, such as the local one; buckets are then the beginning of the path. */
  AWS_ENDPOINT_URL_S3: z.url().optional(),
});

interface Service {
  readonly secure: boolean;
  readonly port: string | undefined;
  readonly hostOf: (bucket: string) => string;
  readonly pathOf: (bucket: string, key: string) => string;
  readonly agent: HttpAgent;
  readonly sign: RequestSigner;
}

let service: Service | undefined;

function openService(): Service {
  const env = environmentSchema.parse(process.env);
  const sign = createRequestSigner(env.AWS_REGION, {
    accessKeyId: env.AWS_ACCESS_KEY_ID,
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
    sessionToken: env.AWS_SESSION_TOKEN,
  });
  if (env.AWS_ENDPOINT_URL_S3 === undefined) {
    const domain = `s3.${env.AWS_REGION}.amazonaws.com${env.AWS_REGION.startsWith('cn-') ? '.cn' : ''}`;
    return {
      secure: true,
      port: undefined,
      hostOf: (bucket) => `${bucket}.${domain}`,
      pathOf: (_bucket, key) => encodePath(key),
      agent: new HttpsAgent(connections),
      sign,
    };
  }
  const { protocol, hostname, port } = new URL(env.AWS_ENDPOINT_URL_S3);
  const secure = protocol === 'https:';
  return {
    secure,
    port: port === '' ? undefined : port,
    hostOf: () => hostname,
    pathOf: (bucket, key) => encodePath(`${bucket}/${key}`),
    agent: secure ? new HttpsAgent(connections) : new HttpAgent(connections),
    sign,
  };
}

/** Everything but unreserved characters and slashes is encoded. Source: RFC 3986, 2.3, as S3 wants it in signatures. */
const encodePath = (path: string): string =>
  `/${path
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replaceAll(
        /[!'()*]/gu,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/')}`;

/**
 * Sends one request for an object to S3 and answers when S3 has. What a retry may mend is tried three times. Throws S3RequestError for any other answer than
 * success. The SDK's client does the same in a hundred functions and five times the time; it stays for everything that is not asked in every job.
 */
export async function requestS3(request: S3Request): Promise<S3Answer> {
  service ??= openService();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(service, request);
    } catch (error) {
      if (attempt === maxAttempts || !isTransient(error)) {
        throw error;
      }
      await pause(Math.random() * retryDelayMs * 2 ** attempt);
    }
  }
}

/** S3 has too much to do, or the connection broke. */
const isTransient = (error: unknown): boolean =>
  !(error instanceof S3RequestError) || error.status >= 500 || transientCodes.has(error.name);

async function send(to: Service, { method, bucket, key, headers, body }: S3Request): Promise<S3Answer> {
  const path = to.pathOf(bucket, key);
  const hostname = to.hostOf(bucket);
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
    outgoing.on('timeout', () => outgoing.destroy(new Error(`S3 was silent for ${silenceMs} ms`)));
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(body);
  });
  const received = await readBody(incoming);
  const status = incoming.statusCode ?? 0;
  if (status < 200 || status >= 300) {
    throw errorOf(status, received.toString('utf8'));
  }
  return { headers: incoming.headers, body: received };
}

/**
 * The body in one piece of memory; the parts in which it came are given back, once the parser that made them is through, and so is what the parser has read
 * from the connection, of which they are copies.
 */
async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const { socket } = incoming;
    // Behind the parser's own listener.
    socket.on('data', letGo);
    incoming.on('end', () => socket.off('data', letGo));
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Error('The connection to S3 closed within an answer')));
    incoming.on('end', () => {
      const [only, ...others] = parts;
      if (only !== undefined && others.length === 0) {
        resolve(only);
        return;
      }
      resolve(Buffer.concat(parts));
      for (const part of parts) {
        letGo(part);
      }
    });
  });
}

const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`, 'u').exec(xml)?.[1];

function errorOf(status: number, xml: string): S3RequestError {
  const code = element(xml, 'Code') ?? `Http${status}`;
  return new S3RequestError(code, element(xml, 'Message') ?? `S3 answered ${status}`, status);
}
