import { once } from 'node:events';
import { createServer } from 'node:http';
import { maxRequestBytes, tooLarge } from './http-api.ts';
import {
  BodyTooLarge,
  type HttpRequest,
  type HttpResponse,
  readRequest,
  writeResponse,
} from './http-message.ts';

export type Handle = (request: HttpRequest) => Promise<HttpResponse>;

const host = '127.0.0.1';

const starting: HttpResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain', 'retry-after': '1' },
  body: 'The local stage is starting.\n',
};

/** A server on the loopback address that knows its port before it knows what to answer: names that contain the port come first. */
export class HttpServer {
  readonly #server = createServer();
  readonly #log: (line: string) => void;
  #handle: Handle = async () => starting;

  private constructor(log: (line: string) => void) {
    this.#log = log;
    this.#server.on('request', (incoming, outgoing) => {
      void readRequest(incoming, maxRequestBytes)
        .then((request) => this.#handle(request))
        .catch((error: unknown) => this.#failed(error))
        .then((response) => writeResponse(response, outgoing, incoming.method ?? 'GET'));
    });
  }

  /** @param port 0 for any free one. Throws in words when another process has it */
  static async listen(port: number, log: (line: string) => void): Promise<HttpServer> {
    const opened = new HttpServer(log);
    opened.#server.listen(port, host);
    try {
      await once(opened.#server, 'listening');
    } catch (error) {
      throw portError(error, port);
    }
    return opened;
  }

  /** `host:port` */
  get authority(): string {
    const address = this.#server.address();
    return `${host}:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  /** From now on requests are answered, no more by “starting”. An error of the stage itself is logged, and answered 500. */
  serve(handle: Handle): void {
    this.#handle = handle;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #failed(error: unknown): HttpResponse {
    if (error instanceof BodyTooLarge) {
      return tooLarge;
    }
    // A client that leaves in the middle of its request is nobody's failure, and nobody reads the answer.
    if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) {
      this.#log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    return {
      status: 500,
      headers: { 'content-type': 'text/plain' },
      body: 'The local stage failed; see its log.\n',
    };
  }
}

/** What a failure to listen on `port` means, in words. */
export function portError(error: unknown, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    return new Error(`Port ${port} is taken: another stage may be running. Give another with --port.`, cause);
  }
  if (code === 'EACCES') {
    return new Error(`Port ${port} is not open to you: give one above 1023 with --port.`, cause);
  }
  return error instanceof Error ? error : new Error(String(error));
}
