import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { waitingMessages } from '../waiting-messages.ts';
import { bundle, lambda, worked } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const running = useSmallStage(
  { Worker: lambda('worker'), ...worked('Worker', { BatchSize: 1 }) },
  { worker: bundle(`export const handler = async () => 'well';`) },
);

const send = (body: string, type = 'application/json'): Promise<Response> =>
  fetch(`${running().stage.origin}/_stage/faults`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
const outcome = async (): Promise<boolean> => (await running().stage.function('Worker').invoke({})).ok;

describe('a fault that somebody asks for', () => {
  it('begins, and ends when it is healed', async () => {
    expect((await send('{"fault": "failFunction", "on": "Worker"}')).status).toBe(204);
    expect(await outcome()).toBe(false);
    expect((await send('{"fault": "healFunction", "on": "Worker"}')).status).toBe(204);
    expect(await outcome()).toBe(true);
  });

  it('lets nobody wait until what failed comes again', async () => {
    const { stage, sqs } = running();
    await send('{"fault": "failFunction", "on": "Worker"}');
    await sqs.send(new SendMessageCommand({ QueueUrl: stage.queueUrl('Queue'), MessageBody: 'fails' }));
    // Twice, and it is set aside; by itself it would take two minutes.
    await expect
      .poll(
        async () => {
          expect((await send('{"fault": "elapseVisibility"}')).status).toBe(204);
          return waitingMessages(sqs, stage.queueUrl('DeadLetters'));
        },
        { timeout: 20_000 },
      )
      .toBe(1);
    await send('{"fault": "healFunction", "on": "Worker"}');
  });

  it.each([
    ['{"fault": "explode"}', 400, 'failFunction'],
    ['{"fault": "failFunction"}', 400, 'on'],
    ['not JSON', 400, 'For example'],
    ['{"fault": "failFunction", "on": "Nobody"}', 404, 'There is no function Nobody; there are Worker'],
    ['{"fault": "redisDown"}', 404, 'The template declares no cache'],
  ])('that is not one is refused with what is: %s', async (body, status, word) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(word);
    expect(await outcome()).toBe(true);
  });

  it('is not taken from a form of another site', async () => {
    expect((await send('{"fault": "failFunction", "on": "Worker"}', 'text/plain')).status).toBe(415);
    expect(await outcome()).toBe(true);
  });
});
