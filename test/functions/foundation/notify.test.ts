import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chatMessageSchema } from '../../../functions/contracts/alarm-notification.ts';
import { alarmMessageText } from '../../fixtures/alarm-message.ts';
import { lambdaContext } from '../kernel/http-event.ts';
import { snsEvent } from '../kernel/sns-event.ts';
import { always, LocalServer } from '../local-server.ts';
import { startSecretsManager } from './secrets-server.ts';

const routingKey = 'R0123456789ABCDEFGHIJKLMNOPQRSTU';
const webhookPath = '/services/T0123456/B0123456/abcdefghijklmnop';

describe('notify', () => {
  let chat: LocalServer;
  let pager: LocalServer;
  let secretsManager: LocalServer;
  const written: string[] = [];
  const importHandler = async () => (await import('../../../functions/foundation/notify.ts')).handler;

  beforeAll(async () => {
    chat = await LocalServer.start(always(200));
    pager = await LocalServer.start(always(202));
    secretsManager = await startSecretsManager({
      'fanfare-prod-notify': JSON.stringify({
        'campaigns-chat': chat.url + webhookPath,
        'campaigns-pagerduty': routingKey,
      }),
    });
  });
  afterAll(async () => {
    await Promise.all([chat, pager, secretsManager].map((server) => server[Symbol.asyncDispose]()));
  });

  beforeEach(() => {
    vi.resetModules();
    const environment = {
      STAGE_NAME: 'prod',
      NOTIFY_TARGETS: JSON.stringify({
        campaigns: { page: { chat: 'campaigns-chat', pagerDuty: 'campaigns-pagerduty' }, ticket: {} },
      }),
      NOTIFY_SECRET_NAME: 'fanfare-prod-notify',
      PAGERDUTY_EVENTS_URL: `${pager.url}/v2/enqueue`,
      RUNBOOK_URL: 'https://example.com/runbook.md',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    };
    for (const [name, value] of Object.entries(environment)) {
      vi.stubEnv(name, value);
    }
    chat.requests.length = 0;
    pager.requests.length = 0;
    written.length = 0;
    for (const level of ['log', 'info', 'warn', 'error'] as const) {
      vi.spyOn(console, level).mockImplementation((...line) => void written.push(line.join(' ')));
    }
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    chat.answer = always(200);
  });

  it('brings an alarm from SNS to chat and pager, in the words of the real promise', async () => {
    const handler = await importHandler();
    await handler(snsEvent({ Message: alarmMessageText('composite-alarm') }), lambdaContext);
    const message = chatMessageSchema.parse(JSON.parse(chat.requests[0]?.body ?? ''));
    expect(message.text).toContain('🔴 PAGE Personalised images (prod): pictures-in-time is broken');
    expect(JSON.parse(pager.requests[0]?.body ?? '')).toMatchObject({
      routing_key: routingKey,
      event_action: 'trigger',
      dedup_key: 'fanfare-prod/personalise/page',
    });
  });

  it('fails when a target does not take it, and writes no secret anywhere', async () => {
    chat.answer = (request, response) => void response.writeHead(403).end(`${chat.url}${request.path}`);
    const handler = await importHandler();
    const error: unknown = await handler(
      snsEvent({ Message: alarmMessageText('composite-alarm') }),
      lambdaContext,
    ).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).toContain('The chat of campaigns (page, field campaigns-chat): It answered 403');
    const everything = `${String(error)} ${written.join('\n')}`;
    expect(everything).toContain('message failed');
    expect(everything).not.toMatch(new RegExp(`${routingKey}|abcdefghijklmnop|T0123456`, 'u'));
    expect(pager.requests).toHaveLength(1);
  });

  it.each([
    ['NOTIFY_TARGETS', 'campaigns', 'write it as JSON'],
    ['NOTIFY_TARGETS', '{"campaigns":{"page":{}}}', 'ticket'],
    ['NOTIFY_TARGETS', '{"campaigns":{"page":{"fax":"a"},"ticket":{}}}', 'fax'],
    ['PAGERDUTY_EVENTS_URL', '', 'PAGERDUTY_EVENTS_URL'],
    ['NOTIFY_SECRET_NAME', '', 'NOTIFY_SECRET_NAME'],
  ])('does not start with a wrong %s: %s', async (name, value, words) => {
    vi.stubEnv(name, value);
    await expect(importHandler()).rejects.toThrow(words);
  });
});
