import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { PresignedUpload } from '../../functions/contracts/presigned-upload.ts';

interface Grant {
  readonly key: string;
  readonly contentType: string;
  readonly maxBytes: number;
  readonly expiresAt: string;
}

/** A hand-written fake of S3's presigned POST on an origin of its own, as in production: CORS, the order of fields, size and expiry. */
export class FakeS3 implements AsyncDisposable {
  readonly #server: Server;
  /** What arrived, by key. */
  readonly objects = new Map<string, Buffer>();
  /** How often the browser tried to upload. */
  posts = 0;
  readonly #grants = new Map<string, Grant>();
  readonly #refusals: { status: number; body: string }[] = [];
  #dropped = 0;
  #gate: Promise<void> | undefined;

  constructor(server: Server) {
    this.#server = server;
    server.on('request', (request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the fake S3 does not listen');
    }
    return `http://127.0.0.1:${address.port}/uploads-bucket/`;
  }

  grant(grant: Grant): PresignedUpload {
    this.#grants.set(grant.key, grant);
    const { key, contentType, maxBytes, expiresAt } = grant;
    const fields = { key, 'Content-Type': contentType, policy: 'a-policy', 'x-amz-signature': 'a-signature' };
    return { url: this.url, fields, expiresAt, maxBytes };
  }

  /** The next upload is refused with this code. */
  refuse(status: number, code: string, message: string): void {
    this.#refusals.push({ status, body: xml(code, message) });
  }

  /** The next `times` uploads break off in the middle. */
  breakOff(times = 1): void {
    this.#dropped += times;
  }

  /** Uploads wait, with their beginning read, until the answered function is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return () => {
      this.#gate = undefined;
      resolve();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    if (request.method === 'OPTIONS') {
      response
        .writeHead(200, { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': '*' })
        .end();
      return;
    }
    this.posts += 1;
    if (this.#dropped > 0) {
      this.#dropped -= 1;
      // In the middle of the answer: a browser repeats a request by itself when its connection ends before any answer.
      response.writeHead(200, { 'content-length': 1000 });
      response.write('<', () => request.socket.destroy());
      return;
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
      await this.#gate;
    }
    await this.#gate;
    const refusal = this.#refusals.shift() ?? this.#judge(request, Buffer.concat(chunks));
    if (refusal === undefined) {
      response.writeHead(204).end();
    } else {
      response.writeHead(refusal.status, { 'content-type': 'application/xml' }).end(refusal.body);
    }
  }

  #judge(request: IncomingMessage, body: Buffer): { status: number; body: string } | undefined {
    const parts = partsOf(body, request.headers['content-type'] ?? '');
    const file = parts.at(-1);
    const fields = new Map(parts.slice(0, -1).map(({ name, bytes }) => [name, bytes.toString('utf8')]));
    const grant = this.#grants.get(fields.get('key') ?? '');
    if (file?.name !== 'file' || grant === undefined || fields.get('x-amz-signature') !== 'a-signature') {
      return { status: 403, body: xml('AccessDenied', 'Invalid according to Policy.') };
    }
    if (fields.get('Content-Type') !== grant.contentType) {
      return {
        status: 403,
        body: xml('AccessDenied', 'Invalid according to Policy: Policy Condition failed.'),
      };
    }
    if (Date.parse(grant.expiresAt) <= Date.now()) {
      return { status: 403, body: xml('AccessDenied', 'Invalid according to Policy: Policy expired.') };
    }
    if (file.bytes.length > grant.maxBytes) {
      return {
        status: 400,
        body: xml('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'),
      };
    }
    this.objects.set(grant.key, file.bytes);
    return undefined;
  }
}

export async function startFakeS3(): Promise<FakeS3> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return new FakeS3(server);
}

const xml = (code: string, message: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>FAKE</RequestId></Error>`;

function partsOf(body: Buffer, contentType: string): { name: string; bytes: Buffer }[] {
  const boundary = Buffer.from(`--${/boundary=(.+)$/u.exec(contentType)?.[1] ?? ''}`);
  const parts: { name: string; bytes: Buffer }[] = [];
  let at = body.indexOf(boundary);
  for (;;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (at < 0 || next < 0) {
      return parts;
    }
    // Between two boundaries: CRLF, the part's headers, an empty line, its bytes, CRLF.
    const part = body.subarray(at + boundary.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/u.exec(part.subarray(0, end).toString('utf8'))?.[1] ?? '';
    parts.push({ name, bytes: part.subarray(end + 4) });
    at = next;
  }
}
