import type { SNSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { snsHandler } from '../../../functions/kernel/sns-events.ts';
import { lambdaContext } from './http-event.ts';
import { snsEvent } from './sns-event.ts';

const event = (...messages: string[]): SNSEvent =>
  snsEvent(...messages.map((Message, index) => ({ MessageId: `m-${index}`, Message })));

describe('an SNS handler', () => {
  const worked: string[] = [];
  const handler = snsHandler(async ({ Message }) => {
    worked.push(Message);
    if (Message.startsWith('bad')) {
      throw new Error(`${Message} failed.`);
    }
  });
  const logged = vi.fn();

  beforeEach(() => {
    worked.length = 0;
    logged.mockReset();
    vi.spyOn(console, 'error').mockImplementation(logged);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('works on every record', async () => {
    await handler(event('a', 'b'), lambdaContext);
    expect(worked).toEqual(['a', 'b']);
  });

  it('works on those after one that fails, and then fails with its error', async () => {
    await expect(handler(event('bad 1', 'b'), lambdaContext)).rejects.toThrow(/^bad 1 failed\.$/u);
    expect(worked).toEqual(['bad 1', 'b']);
  });

  it('fails with all errors', async () => {
    await expect(handler(event('bad 1', 'bad 2'), lambdaContext)).rejects.toThrow(
      'bad 1 failed. bad 2 failed.',
    );
  });

  it('logs each failure under its message’s id', async () => {
    await expect(handler(event('a', 'bad'), lambdaContext)).rejects.toThrow();
    expect(logged).toHaveBeenCalledOnce();
    expect(JSON.parse(String(logged.mock.calls[0]?.[0]))).toMatchObject({
      message: 'message failed',
      messageId: 'm-1',
      topic: 'arn:aws:sns:eu-west-1:111122223333:fanfare-prod-campaigns-page',
    });
  });
});
