import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../../../functions/foundation/domain/delivery-error.ts';
import { PermanentError } from '../../../../functions/kernel/errors.ts';
import { FakeWorld, fromTopic } from '../fakes.ts';

const refused = new DeliveryError('refused', 'It answered 403.');
const away = new DeliveryError('retryable', 'It answered 503.');

describe('an alarm', () => {
  it('reaches the chat and the pager of the team whose topic it came from', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('composite-alarm'));
    expect(world.posts).toMatchObject([
      { webhook: 'webhook', message: { text: expect.stringContaining('pictures-in-time is broken') } },
    ]);
    expect(world.rings).toMatchObject([{ routingKey: 'key', event: { event_action: 'trigger' } }]);
    expect(world.counts).toEqual(new Map([['NotificationSent', 2]]));
  });

  it('as a ticket reaches only who is told of tickets', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('metric-alarm', { topic: 'fanfare-prod-campaigns-ticket' }));
    expect(world.posts).toMatchObject([{ message: { text: expect.stringMatching(/^🟠 TICKET/u) } }]);
    expect(world.rings).toEqual([]);
  });

  it('of a team without targets is left to the topic’s e-mails', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('metric-alarm', { topic: 'fanfare-prod-platform-page' }));
    expect([world.posts, world.rings]).toEqual([[], []]);
  });

  it('rings when it begins and stops when it ends, under one key', async () => {
    const world = new FakeWorld();
    const notify = world.start();
    await notify(fromTopic('composite-alarm'));
    await notify(fromTopic('composite-ok'));
    expect(world.rings.map(({ event }) => [event.event_action, event.dedup_key])).toEqual([
      ['trigger', 'fanfare-prod/personalise/page'],
      ['resolve', 'fanfare-prod/personalise/page'],
    ]);
  });

  it('that has just been made by a deployment, and is well, is told to nobody', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('composite-created'));
    expect([world.posts, world.rings]).toEqual([[], []]);
  });

  it('that is unknown is told to the chat, and leaves the pager as it is', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('metric-insufficient-data'));
    expect(world.posts).toMatchObject([{ message: { text: expect.stringMatching(/^⚪ UNKNOWN/u) } }]);
    expect(world.rings).toEqual([]);
  });
});

describe('a message that is no alarm’s', () => {
  it.each([
    ['text', 'Does this arrive?'],
    ['JSON of something else', '{"AlarmName": "half"}'],
  ])('is told as it is: %s', async (_case, text) => {
    const world = new FakeWorld();
    await world.start()(fromTopic('metric-alarm', { id: 'm-1', subject: 'Test', text }));
    expect(world.posts).toMatchObject([{ message: { text: `📣 Test\n\n${text}` } }]);
    expect(world.rings).toMatchObject([{ event: { event_action: 'trigger', dedup_key: 'm-1' } }]);
  });

  it('is named after its team when it has no subject', async () => {
    const world = new FakeWorld();
    await world.start()(fromTopic('metric-alarm', { text: 'hello', topic: 'fanfare-prod-campaigns-ticket' }));
    expect(world.posts[0]?.message.text).toBe('📣 A message for campaigns\n\nhello');
  });
});

describe('a topic that nobody is told by', () => {
  it.each([
    ['has another stage', 'fanfare-dev-campaigns-page', 'unknown-topic'],
    ['has another name', 'billing', 'unknown-topic'],
    ['is of a team without an entry', 'fanfare-prod-studio-page', 'unknown-team'],
  ])('fails for good, counted, when it %s', async (_case, topic, code) => {
    const world = new FakeWorld();
    const result = world.start()(fromTopic('metric-alarm', { topic }));
    await expect(result).rejects.toThrow(PermanentError);
    await expect(result).rejects.toMatchObject({ code, message: expect.stringContaining(topic) });
    expect(world.counts.get('NotificationFailed')).toBe(1);
  });
});

describe('when a target fails', () => {
  it('the other is told all the same, and the message fails so that it is delivered again', async () => {
    const world = new FakeWorld();
    world.pagerFails.set('key', away);
    await expect(world.start()(fromTopic('composite-alarm'))).rejects.toThrow(
      'The pager of campaigns (page, field campaigns-pagerduty): It answered 503.',
    );
    expect(world.posts).toHaveLength(1);
    expect(world.counts).toEqual(
      new Map([
        ['NotificationSent', 1],
        ['NotificationFailed', 1],
      ]),
    );
  });

  it('who was told is not told again when the message comes back', async () => {
    const world = new FakeWorld();
    const notify = world.start();
    world.pagerFails.set('key', away);
    await expect(notify(fromTopic('composite-alarm'))).rejects.toThrow('503');
    world.pagerFails.clear();
    await notify(fromTopic('composite-alarm'));
    expect([world.posts.length, world.rings.length]).toEqual([1, 1]);
  });

  it('a new environment tells the chat again rather than nobody', async () => {
    const world = new FakeWorld();
    world.pagerFails.set('key', away);
    await expect(world.start()(fromTopic('composite-alarm'))).rejects.toThrow('503');
    world.pagerFails.clear();
    await world.start()(fromTopic('composite-alarm'));
    expect([world.posts.length, world.rings.length]).toEqual([2, 1]);
  });

  it('both failures are named', async () => {
    const world = new FakeWorld();
    world.chatFails.set('webhook', refused);
    world.pagerFails.set('key', away);
    const result = world.start()(fromTopic('composite-alarm'));
    await expect(result).rejects.toThrow(/chat of campaigns .* 403\. The pager of campaigns .* 503\./u);
    await expect(result).rejects.not.toBeInstanceOf(PermanentError);
  });

  it('refusals alone are permanent', async () => {
    const world = new FakeWorld();
    world.chatFails.set('webhook', refused);
    await expect(world.start()(fromTopic('metric-insufficient-data'))).rejects.toMatchObject({
      name: 'PermanentError',
      code: 'notification-refused',
    });
  });

  it('a missing field of the secret is a failure, named', async () => {
    const world = new FakeWorld();
    delete world.kept['campaigns-pagerduty'];
    await expect(world.start()(fromTopic('composite-alarm'))).rejects.toThrow('no field campaigns-pagerduty');
    expect(world.posts).toHaveLength(1);
  });
});

describe('a secret that was replaced', () => {
  it('is read anew when the old one is refused', async () => {
    const world = new FakeWorld();
    world.chatFails.set('webhook', refused);
    world.current['campaigns-chat'] = 'new webhook';
    await world.start()(fromTopic('composite-alarm'));
    expect(world.posts).toMatchObject([{ webhook: 'new webhook' }]);
    expect(world.counts).toEqual(new Map([['NotificationSent', 2]]));
  });

  it('is not tried again when it is the same', async () => {
    const world = new FakeWorld();
    world.chatFails.set('webhook', refused);
    await expect(world.start()(fromTopic('metric-insufficient-data'))).rejects.toThrow('403');
    expect(world.reads).toBe(1);
  });

  it('is not read anew when the other side is only away', async () => {
    const world = new FakeWorld();
    world.chatFails.set('webhook', away);
    await expect(world.start()(fromTopic('metric-insufficient-data'))).rejects.toThrow('503');
    expect(world.reads).toBe(0);
  });
});

describe('a beginning that comes after its end', () => {
  it('does not ring for what is over; the chat still tells it, with its times', async () => {
    const world = new FakeWorld();
    const notify = world.start();
    world.pagerFails.set('key', away);
    await expect(notify(fromTopic('composite-alarm'))).rejects.toThrow('503');
    world.pagerFails.clear();
    await notify(fromTopic('composite-ok'));
    await notify(fromTopic('composite-alarm'));
    expect(world.rings.map(({ event }) => event.event_action)).toEqual(['resolve']);
  });

  it('of another alarm rings', async () => {
    const world = new FakeWorld();
    const notify = world.start();
    await notify(fromTopic('composite-ok'));
    await notify(fromTopic('metric-alarm'));
    expect(world.rings.map(({ event }) => event.event_action)).toEqual(['resolve', 'trigger']);
  });
});
