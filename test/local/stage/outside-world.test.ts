import { afterEach, describe, expect, it } from 'vitest';
import { useSmallStage } from './stage-fixture.ts';

const tagged = (team: string) => ({
  Type: 'AWS::SNS::Topic',
  Properties: {
    Tags: [
      { Key: 'Team', Value: team },
      { Key: 'Stage', Value: 'dev' },
    ],
  },
});
const running = useSmallStage({ A: tagged('campaigns'), B: tagged('delivery') }, {});

const page = async (event: unknown): Promise<Response> =>
  fetch(`${running().stage.sink.endpoint}/v2/enqueue`, { method: 'POST', body: JSON.stringify(event) });
const chat = async (): Promise<Response> =>
  fetch(running().stage.sink.chatUrl('campaigns'), {
    method: 'POST',
    body: JSON.stringify({ text: 'hello' }),
  });
const trigger = {
  routing_key: 'local-delivery',
  event_action: 'trigger',
  dedup_key: 'render-errors',
  payload: { summary: 'Broken', source: 'render', severity: 'critical' },
};

describe('the outside world', () => {
  afterEach(() => running().stage.faults.healSink());

  it('takes what PagerDuty takes, and answers like it', async () => {
    const answer = await page(trigger);
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({
      status: 'success',
      message: 'Event processed',
      dedup_key: 'render-errors',
    });
    expect(
      (await page({ routing_key: 'local-delivery', event_action: 'resolve', dedup_key: 'x' })).status,
    ).toBe(202);
    expect(running().stage.sink.messages().at(-2)).toMatchObject({
      kind: 'pagerduty',
      team: 'delivery',
      at: expect.stringMatching(/Z$/u),
      body: trigger,
    });
  });

  it.each([
    [{ ...trigger, payload: { ...trigger.payload, severity: 'bad' } }, 'payload.severity'],
    [{ ...trigger, payload: { ...trigger.payload, summary: 'x'.repeat(1025) } }, 'payload.summary'],
    [{ ...trigger, dedup_key: 'x'.repeat(256) }, 'dedup_key'],
    [{ routing_key: 'local-delivery', event_action: 'resolve' }, 'dedup_key'],
    [{ ...trigger, event_action: 'shout' }, 'event_action'],
  ])('refuses what PagerDuty refuses: %#', async (event, field) => {
    const answer = await page(event);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      status: 'invalid event',
      errors: [expect.stringContaining(field)],
    });
  });

  it('takes chat, and lets everything be read', async () => {
    expect((await chat()).status).toBe(200);
    const { sink } = running().stage;
    const read: unknown = await (await fetch(`${sink.endpoint}/messages`)).json();
    expect(read).toEqual(structuredClone(sink.messages()));
    expect(sink.messages().at(-1)).toMatchObject({
      kind: 'chat',
      team: 'campaigns',
      body: { text: 'hello' },
    });
    expect((await fetch(`${sink.endpoint}/elsewhere`)).status).toBe(404);
  });

  it.each([429, 500, 503] as const)('fails with %d until it is healed', async (status) => {
    const { faults, sink } = running().stage;
    const before = sink.messages().length;
    faults.failSink(status);
    expect((await chat()).status).toBe(status);
    expect(sink.messages()).toHaveLength(before);
    faults.healSink();
    expect((await chat()).status).toBe(200);
  });

  it('keeps who asks waiting until it is healed', async () => {
    const { faults, sink } = running().stage;
    const refused = sink.refused;
    faults.failSink('hang');
    const answer = chat();
    await sink.untilRefused(refused + 1, 5000);
    faults.healSink();
    expect((await answer).status).toBe(503);
  });
});

describe('secrets', () => {
  const ask = async (SecretId: string | undefined, action = 'GetSecretValue') => {
    const answer = await fetch(running().stage.endpoints.secretsManager, {
      method: 'POST',
      headers: { 'x-amz-target': `secretsmanager.${action}` },
      body: JSON.stringify({ SecretId }),
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  const arn = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:fanfare/dev/notify';

  it.each(['fanfare/dev/notify', arn, `${arn}-AbCdEf`])(
    'lead every team of the template to the sink: %s',
    async (id) => {
      const { sink } = running().stage;
      const { status, body } = await ask(id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ Name: 'fanfare/dev/notify', VersionStages: ['AWSCURRENT'] });
      expect(JSON.parse(Object(body).SecretString)).toEqual({
        'campaigns-chat': `${sink.endpoint}/chat/campaigns`,
        'campaigns-pagerduty': 'local-campaigns',
        'delivery-chat': `${sink.endpoint}/chat/delivery`,
        'delivery-pagerduty': 'local-delivery',
      });
    },
  );

  it.each([
    ['fanfare/prod/notify', 'GetSecretValue', 'ResourceNotFoundException'],
    [undefined, 'GetSecretValue', 'InvalidParameterException'],
    ['fanfare/dev/notify', 'PutSecretValue', 'UnknownOperationException'],
  ])('that are not there are refused as AWS refuses them: %s, %s', async (id, action, type) => {
    expect(await ask(id, action)).toMatchObject({ status: 400, body: { __type: type } });
  });
});

describe("the stage's own page", () => {
  it('tells of alarms and messages, and of nothing else', async () => {
    const { origin } = running().stage;
    const answer = await fetch(`${origin}/_stage/alarms`);
    expect(await answer.json()).toEqual({
      stage: 'dev',
      timeScale: 1,
      alarms: [],
      changes: [],
      messages: structuredClone(running().stage.sink.messages()).slice(-50),
    });
    expect((await fetch(`${origin}/_stage/anything`)).status).toBe(404);
    expect((await fetch(`${origin}/_stage/alarms`, { method: 'POST' })).status).toBe(404);
  });
});
