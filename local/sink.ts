import * as z from 'zod';
import { Changes } from './changes.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import type { HttpServer } from './http/http-server.ts';
import type { Email } from './sns/topics.ts';

/** Something that left the stage for people. */
export interface SinkMessage {
  readonly kind: 'chat' | 'pagerduty' | 'email';
  /** Told by the address or the routing key that the stage has made up. */
  readonly team: string | undefined;
  /** When it came, ISO 8601. */
  readonly at: string;
  /** Of an e-mail: `to` and `subject`. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, a text otherwise. */
  readonly body: unknown;
}

/** How the outside world fails: an HTTP status, or no answer until it is healed. */
export type SinkFault = 429 | 500 | 503 | 'hang';

/** Source: PagerDuty developer documentation, "Events API v2: Send an Alert Event". */
const alertSchema = z.discriminatedUnion('event_action', [
  z.looseObject({
    event_action: z.literal('trigger'),
    routing_key: z.string().min(1),
    dedup_key: z.string().max(255).optional(),
    payload: z.looseObject({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
    }),
  }),
  z.looseObject({
    event_action: z.enum(['acknowledge', 'resolve']),
    routing_key: z.string().min(1),
    dedup_key: z.string().min(1).max(255),
  }),
]);

/** Messages that are remembered. */
const maxMessages = 1000;

/** The outside world: chat webhooks, PagerDuty and mailboxes. Whatever comes can be read. */
export class Sink {
  readonly #server: HttpServer;
  readonly #messages: SinkMessage[] = [];
  readonly #changes = new Changes();
  #fault: { readonly kind: SinkFault; readonly ended: PromiseWithResolvers<void> } | undefined;
  #refused = 0;

  /** @param server answers for the sink from now on */
  constructor(server: HttpServer) {
    this.#server = server;
    server.serve((request) => this.#answer(request));
  }

  /** `http://host:port` */
  get endpoint(): string {
    return `http://${this.#server.authority}`;
  }

  chatUrl(team: string): string {
    return `${this.endpoint}/chat/${encodeURIComponent(team)}`;
  }

  /** What came, the oldest first. */
  messages(): readonly SinkMessage[] {
    return this.#messages;
  }

  /** How many requests a fault has kept from coming in. */
  get refused(): number {
    return this.#refused;
  }

  /** Resolves when `holds` for the messages that have come. */
  async until(holds: (messages: readonly SinkMessage[]) => boolean, withinMs = 60_000): Promise<void> {
    await this.#changes.until(
      () => holds(this.#messages),
      withinMs,
      () => `The messages: ${JSON.stringify(this.#messages, undefined, 1)}`,
    );
  }

  /** Resolves when so many requests were refused since the start. */
  async untilRefused(count: number, withinMs = 60_000): Promise<void> {
    await this.#changes.until(
      () => this.#refused >= count,
      withinMs,
      () => `${this.#refused} requests were refused.`,
    );
  }

  deliver({ to, subject, team, body }: Email): void {
    this.#take('email', team, { to, subject }, body);
  }

  fail(kind: SinkFault): void {
    this.heal();
    this.#fault = { kind, ended: Promise.withResolvers() };
  }

  heal(): void {
    this.#fault?.ended.resolve();
    this.#fault = undefined;
  }

  async #answer(request: HttpRequest): Promise<HttpResponse> {
    const { pathname } = new URL(request.url, this.endpoint);
    if (request.method === 'GET' && pathname === '/messages') {
      return json(200, this.#messages);
    }
    const fault = this.#fault;
    if (fault !== undefined) {
      this.#refused += 1;
      this.#changes.happened();
      if (fault.kind === 'hang') {
        await fault.ended.promise;
        return json(503, { message: 'It took too long.' });
      }
      return json(fault.kind, { message: 'Made to fail.' });
    }
    if (request.method === 'POST' && pathname === '/v2/enqueue') {
      return this.#enqueue(request);
    }
    const team = /^\/chat\/([^/]+)$/u.exec(pathname)?.[1];
    if (request.method === 'POST' && team !== undefined) {
      this.#take('chat', decodeURIComponent(team), request.headers, parse(request.body));
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
    }
    return json(404, { message: `${request.method} ${pathname} is nothing that the sink knows.` });
  }

  #enqueue(request: HttpRequest): HttpResponse {
    const event = alertSchema.safeParse(parse(request.body));
    if (!event.success) {
      return json(400, {
        status: 'invalid event',
        message: 'Event object is invalid',
        errors: event.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
      });
    }
    const { routing_key, dedup_key = crypto.randomUUID() } = event.data;
    const team = /^local-(.+)$/u.exec(routing_key)?.[1];
    this.#take('pagerduty', team, request.headers, event.data);
    return json(202, { status: 'success', message: 'Event processed', dedup_key });
  }

  #take(
    kind: SinkMessage['kind'],
    team: string | undefined,
    headers: Readonly<Record<string, string>>,
    body: unknown,
  ): void {
    this.#messages.push({ kind, team, at: new Date().toISOString(), headers, body });
    if (this.#messages.length > maxMessages) {
      this.#messages.shift();
    }
    this.#changes.happened();
  }
}

function parse(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const json = (status: number, body: unknown): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
