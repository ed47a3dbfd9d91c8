import { describe, expect, it } from 'vitest';
import type { ChatMessage, PagerEvent } from '../../../../functions/contracts/alarm-notification.ts';
import { createChat } from '../../../../functions/foundation/adapters/https-chat.ts';
import { createPager } from '../../../../functions/foundation/adapters/https-pager.ts';
import { always, LocalServer, never } from '../../local-server.ts';

const message: ChatMessage = { text: 'hello', blocks: [] };
const event: PagerEvent = { event_action: 'resolve', dedup_key: 'fanfare-prod/personalise/page' };
const routingKey = 'R0123456789ABCDEFGHIJKLMNOPQRSTU';
const path = '/services/T0123456/B0123456/abcdefghijklmnop';
const patience = 2000;
const post = (server: LocalServer, timeoutMs = patience): Promise<void> =>
  createChat(timeoutMs).post(server.url + path, message);

describe('the chat', () => {
  it('gets the message as JSON', async () => {
    await using server = await LocalServer.start(always(200, 'ok'));
    await post(server);
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      },
    ]);
  });

  it.each([
    [429, { 'retry-after': '30' }, 'retryable', 'It answered 429, asking to wait 30 seconds: “slow down”.'],
    [500, {}, 'retryable', 'It answered 500: “slow down”.'],
    [503, { 'retry-after': '5' }, 'retryable', 'It answered 503, asking to wait 5 seconds: “slow down”.'],
    [400, {}, 'refused', 'It answered 400: “slow down”.'],
    [404, { 'retry-after': '5' }, 'refused', 'It answered 404: “slow down”.'],
    [302, { location: '/login' }, 'refused', 'It answered 302: “slow down”.'],
  ] as const)('that answers %d has not taken it', async (status, headers, kind, words) => {
    await using server = await LocalServer.start(always(status, 'slow\n down ', headers));
    await expect(post(server)).rejects.toMatchObject({ name: 'DeliveryError', kind, message: words });
    expect(server.requests).toHaveLength(1);
  });

  it('that does not answer in time may take it later', async () => {
    await using server = await LocalServer.start(never);
    await expect(post(server, 50)).rejects.toMatchObject({
      kind: 'retryable',
      message: 'It did not answer in 50 ms.',
    });
  });

  it('that stops in the middle of its answer may take it later', async () => {
    await using server = await LocalServer.start((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('o');
      response.socket?.destroy();
    });
    await expect(post(server)).rejects.toMatchObject({ kind: 'retryable' });
  });

  it('that cannot be reached may take it later, and the error does not say where it is', async () => {
    const server = await LocalServer.start(never);
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const error: unknown = await createChat(patience)
      .post(url + path, message)
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toMatchObject({ kind: 'retryable', message: 'It could not be reached (ECONNREFUSED).' });
    expect(error).not.toHaveProperty('cause');
  });

  it.each(['', 'campaigns', 'ftp://chat.example.com/', 'http://chat.example.com/services/secret'])(
    'is not written to at an address that is none, or that anybody could listen at: %s',
    async (webhook) => {
      const result = createChat(patience).post(webhook, message);
      await expect(result).rejects.toMatchObject({
        kind: 'refused',
        message: 'The secret does not hold an https address.',
      });
    },
  );

  it.each([200, 400, 500])('never has its address repeated, whatever it echoes with %d', async (status) => {
    await using server = await LocalServer.start((request, response) => {
      response
        .writeHead(status)
        .end(`${server.url}${request.path} token abcdefghijklmnop ${JSON.stringify(request)}`);
    });
    const said = await post(server).then(
      () => '',
      (error: unknown) => JSON.stringify(error) + String(error),
    );
    expect(said).not.toMatch(/abcdefghijklmnop|T0123456/u);
    expect(said.length).toBeLessThan(500);
  });
});

describe('the pager', () => {
  const send = (server: LocalServer): Promise<void> =>
    createPager(`${server.url}/v2/enqueue`, patience).send(routingKey, event);

  it('gets the event with the key that it rings by', async () => {
    await using server = await LocalServer.start(always(202, '{"status":"success"}'));
    await send(server);
    expect(server.requests[0]?.path).toBe('/v2/enqueue');
    expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({ routing_key: routingKey, ...event });
  });

  it('that refuses the event says why, without the key', async () => {
    await using server = await LocalServer.start(
      always(
        400,
        JSON.stringify({ status: 'invalid event', errors: [`no such 'routing_key' ${routingKey}`] }),
      ),
    );
    await expect(send(server)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/^It answered 400: “.*no such 'routing_key' \[redacted\]/u),
    });
  });
});
