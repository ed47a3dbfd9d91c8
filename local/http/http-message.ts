import type { IncomingMessage, ServerResponse } from 'node:http';

/** An HTTP request after its body has arrived. Header names are lower case. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query string, as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly sourcePort: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
}

export class BodyTooLarge extends Error {}

/** Reads a request. Throws BodyTooLarge when it has more than `maxBytes`. */
export async function readRequest(incoming: IncomingMessage, maxBytes: number): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size <= maxBytes) {
      chunks.push(bytes);
    }
  }
  if (size > maxBytes) {
    throw new BodyTooLarge(`${size} bytes`);
  }
  return {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks),
    sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/u, ''),
    sourcePort: incoming.socket.remotePort ?? 0,
  };
}

export function writeResponse(response: HttpResponse, outgoing: ServerResponse, method: string): void {
  const body = Buffer.from(response.body);
  const { 'content-length': announced, ...headers } = response.headers;
  outgoing.writeHead(response.status, {
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    ...(response.status === 204 || response.status === 304
      ? {}
      : { 'content-length': String((method === 'HEAD' ? announced : undefined) ?? body.byteLength) }),
  });
  outgoing.end(method === 'HEAD' ? undefined : body);
}
