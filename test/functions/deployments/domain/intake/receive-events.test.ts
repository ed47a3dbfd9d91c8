import { beforeEach, describe, expect, it } from 'vitest';
import type { EventProblem } from '../../../../../functions/contracts/cdevent.ts';
import {
  receiveEvents,
  type Receipt,
} from '../../../../../functions/deployments/domain/intake/receive-events.ts';
import { limits } from '../../../../../functions/deployments/domain/intake/read-cloud-events.ts';
import { HttpProblem } from '../../../../../functions/kernel/http-problem.ts';
import { IntakeWorld, sign } from '../../intake-world.ts';

let world: IntakeWorld;
beforeEach(() => {
  world = new IntakeWorld();
});

const deployed = (service: string, more: Record<string, unknown> = {}) => ({
  context: {
    specversion: '0.5.1',
    id: 'event-1',
    source: 'https://ci.example/shop',
    type: 'dev.cdevents.service.deployed.0.3.0',
    timestamp: '2026-06-01T11:59:00Z',
    ...more,
  },
  subject: {
    id: service,
    content: { environment: { id: 'production' }, artifactId: 'pkg:oci/cart@sha256%3Aabc' },
  },
});

/** Sends a body as a well signed request of `ci`. */
async function send(body: unknown, headers: Record<string, string | undefined> = {}): Promise<Receipt> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return receiveEvents(world.deps, {
    headers: {
      'content-type': 'application/json',
      'x-fanfare-connection': 'ci',
      'x-fanfare-signature': `sha256=${sign('a current secret', text)}`,
      ...headers,
    },
    body: Buffer.from(text),
  });
}

/** How a request is refused; nothing of it may be queued. */
async function refusal(
  sent: Promise<unknown>,
): Promise<{ status: number; type: string; errors: readonly EventProblem[] }> {
  const error = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HttpProblem)) {
    throw new Error('it was not refused', { cause: error });
  }
  expect(world.queued).toEqual([]);
  const { status, type, errors = [] } = error.problem;
  return { status, type, errors };
}

describe('a CDEvent', () => {
  it('is queued for its service, as it was sent', async () => {
    const event = deployed('cart');
    const receipt = await send(event);
    expect(receipt).toEqual({
      accepted: [{ index: 0, id: expect.stringMatching(/^cart~/u), service: 'cart', marks: [] }],
      refused: [],
    });
    expect(world.queued).toEqual([
      {
        event,
        service: 'cart',
        received: { at: '2026-06-01T12:00:00.000Z', via: 'cdevents', connection: 'ci' },
        marks: [],
      },
    ]);
  });

  it('is told what is wrong with it, and where', async () => {
    const event = {
      ...deployed('cart'),
      subject: { id: 'cart', content: { environment: {}, artifactId: 'x', more: 1 } },
    };
    const { status, errors } = await refusal(send(event));
    expect(status).toBe(422);
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '/subject/content/environment/id',
      '/subject/content',
    ]);
  });

  it.each([
    ['of the draft of approvals', 'dev.cdevents.approval.closed.0.1.0', []],
    ['of a version to come', 'dev.cdevents.service.deployed.9.0.0', ['unknown-type']],
    ['of a company', 'dev.cdeventsx.acme-canary.judged.1.0.0', ['unknown-type', 'unowned']],
  ])('%s is taken in', async (_, type, marks) => {
    const receipt = await send({
      ...deployed('cart', { type }),
      subject: {
        id: 'cart',
        content: type.includes('approval')
          ? {
              approvalDetailsUrl: 'https://gate.example/1',
              resourceTargetUrl: 'https://gate.example/cart',
              responder: 'urn:user:kim',
              decision: 'go',
              status: 'approved',
            }
          : { anything: true },
      },
    });
    expect(receipt.accepted[0]?.marks.filter((mark) => mark !== 'unowned')).toEqual(
      marks.filter((mark) => mark !== 'unowned'),
    );
  });

  it('of 0.4 is adapted, with the original beside it', async () => {
    const { context, subject } = deployed('cart', { type: 'dev.cdevents.service.deployed.0.1.1' });
    const { specversion: _specversion, ...rest } = context;
    const old = { context: { version: '0.4.1', ...rest }, subject: { ...subject, type: 'service' } };
    await send(old);
    expect(world.queued[0]?.event).toEqual(deployed('cart'));
    expect(JSON.parse(world.queued[0]?.original?.body ?? '')).toEqual(old);
  });

  it.each([
    ['from the future', '2026-06-01T12:10:00Z', ['future']],
    ['from long ago', '2020-01-01T00:00:00Z', ['ancient']],
    ['a little ahead of our clock', '2026-06-01T12:04:00Z', []],
  ])('%s is taken in with a mark', async (_, timestamp, marks) => {
    const receipt = await send(deployed('cart', { timestamp }));
    expect(receipt.accepted[0]?.marks).toEqual(marks);
  });

  it('of a service that nobody knows is taken in as unowned', async () => {
    expect((await send(deployed('mystery'))).accepted[0]).toMatchObject({
      service: 'mystery',
      marks: ['unowned'],
    });
  });

  it('of an incident belongs to the service that it names', async () => {
    const receipt = await send({
      ...deployed('', { type: 'dev.cdevents.incident.detected.0.3.0' }),
      subject: { id: 'INC-1', content: { environment: { id: 'production' }, service: { id: 'checkout' } } },
    });
    expect(receipt.accepted[0]?.service).toBe('checkout');
  });

  it('of an artifact belongs to the service whose package it is', async () => {
    const receipt = await send({
      ...deployed('', { type: 'dev.cdevents.artifact.signed.0.3.0' }),
      subject: { id: 'pkg:oci/cart@sha256%3Aabc', content: { signature: 'abc' } },
    });
    expect(receipt.accepted[0]?.service).toBe('cart');
  });
});

describe('CloudEvents', () => {
  const event = deployed('cart');
  const attributes = {
    specversion: '1.0',
    id: 'event-1',
    source: 'https://ci.example/shop',
    type: 'dev.cdevents.service.deployed.0.3.0',
  };

  it('are taken in binary mode', async () => {
    await send(event, {
      'ce-specversion': '1.0',
      'ce-id': 'event-1',
      'ce-source': attributes.source,
      'ce-type': attributes.type,
      'ce-subject': 'cart',
      'ce-time': '2026-06-01T13:59:00+02:00',
    });
    expect(world.queued[0]?.event).toEqual(event);
  });

  it('are taken in structured mode', async () => {
    await send(
      { ...attributes, data: event },
      { 'content-type': 'application/cloudevents+json; charset=utf-8' },
    );
    expect(world.queued[0]?.event).toEqual(event);
  });

  it('whose headers and event disagree are refused, with both', async () => {
    const { status, errors } = await refusal(
      send(event, {
        'ce-specversion': '1.0',
        'ce-id': 'another',
        'ce-source': attributes.source,
        'ce-type': attributes.type,
      }),
    );
    expect(status).toBe(422);
    expect(errors).toEqual([
      { pointer: '/context/id', detail: 'the header ce-id says "another", the event "event-1"' },
    ]);
  });

  it('that lack an attribute are refused', async () => {
    const { errors } = await refusal(
      send(
        { specversion: '0.3', id: 'event-1', source: attributes.source, data: event },
        {
          'content-type': 'application/cloudevents+json',
        },
      ),
    );
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/specversion', '/type']);
  });

  it('of a batch are taken in one by one: a bad one does not lose the good ones', async () => {
    const good = { ...attributes, data: event };
    const bad = { ...attributes, data: { ...event, surplus: 1 } };
    const huge = { ...attributes, data: { ...event, customData: { x: 'x'.repeat(limits.eventBytes) } } };
    const receipt = await send([bad, good, huge, 7], {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect(receipt.accepted.map(({ index }) => index)).toEqual([1]);
    expect(receipt.refused.map(({ index }) => index)).toEqual([0, 2, 3]);
    expect(world.queued).toHaveLength(1);
  });

  it('of a batch in which none is good are refused together', async () => {
    const { status, errors } = await refusal(
      send([{ ...attributes, data: { ...event, surplus: 1 } }], {
        'content-type': 'application/cloudevents-batch+json',
      }),
    );
    expect(status).toBe(422);
    expect(errors[0]?.pointer).toBe('/0');
  });

  it('of a batch are 500 at most', async () => {
    const { status } = await refusal(
      send(
        Array.from({ length: 501 }, () => attributes),
        {
          'content-type': 'application/cloudevents-batch+json',
        },
      ),
    );
    expect(status).toBe(413);
  });
});

describe('a request', () => {
  const event = deployed('cart');
  const text = JSON.stringify(event);

  it.each([
    ['without a signature', { 'x-fanfare-signature': undefined }],
    ['with a wrong signature', { 'x-fanfare-signature': `sha256=${sign('a guess', text)}` }],
    [
      'with a signature of something else',
      { 'x-fanfare-signature': `sha256=${sign('a current secret', `${text} `)}` },
    ],
    ['with half a signature', { 'x-fanfare-signature': 'sha256=abc' }],
    ['of nobody', { 'x-fanfare-connection': undefined }],
    ['of an unknown connection', { 'x-fanfare-connection': 'nobody' }],
    ['of a connection of another kind', { 'x-fanfare-connection': 'hub' }],
  ])('%s is refused', async (_, headers) => {
    expect((await refusal(send(event, headers))).status).toBe(401);
  });

  it('signed with the previous secret is taken in while that is valid', async () => {
    await send(event, { 'x-fanfare-signature': `sha256=${sign('a previous secret', text)}` });
    expect(world.queued).toHaveLength(1);
  });

  it('signed with a secret that was just replaced is taken in at once', async () => {
    world.fresh = ['the newest secret'];
    await send(event, { 'x-fanfare-signature': `sha256=${sign('the newest secret', text)}` });
    expect(world.queued).toHaveLength(1);
  });

  it('that signs its time is taken in within five minutes, and refused after it', async () => {
    const at = (time: string) => ({
      'x-fanfare-time': time,
      'x-fanfare-signature': `sha256=${sign('a current secret', `${time}.${text}`)}`,
    });
    await send(event, at('2026-06-01T11:56:00Z'));
    expect(world.queued).toHaveLength(1);
    world.queued.length = 0;
    expect(await refusal(send(event, at('2026-06-01T11:54:00Z')))).toMatchObject({
      status: 401,
      type: '/problems/signature-too-old',
    });
    // Whoever changes the time has not signed it.
    expect(
      await refusal(send(event, { ...at('2026-06-01T11:54:00Z'), 'x-fanfare-time': '2026-06-01T12:00:00Z' })),
    ).toMatchObject({ type: '/problems/not-authenticated' });
    expect((await refusal(send(event, at('yesterday')))).status).toBe(401);
  });

  it('is refused while secrets cannot be read, and counted', async () => {
    world.isSecretStoreAway = true;
    expect((await refusal(send(event))).status).toBe(503);
    expect(world.counts.get('SecretMissed')).toBe(1);
  });

  it('is answered 503 while the queue does not take events', async () => {
    world.isQueueAway = true;
    expect((await refusal(send(event))).status).toBe(503);
  });

  it.each([
    ['that is not JSON', '{', 'application/json', 400],
    ['of another content type', text, 'text/plain', 415],
    ['without a content type', text, undefined, 415],
    ['of a megabyte', `"${'x'.repeat(1024 * 1024)}"`, 'application/json', 413],
    ['that is no batch', text, 'application/cloudevents-batch+json', 422],
  ])('%s is refused', async (_, body, type, status) => {
    expect((await refusal(send(body, { 'content-type': type }))).status).toBe(status);
  });

  it('that speaks for another’s service is refused', async () => {
    const other = deployed('checkout');
    const { status, errors } = await refusal(send(other, { 'x-fanfare-connection': 'cart-ci' }));
    expect(status).toBe(403);
    expect(errors[0]?.detail).toContain('may not speak for the service checkout');
  });
});
