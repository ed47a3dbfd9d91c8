import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { sqsFifoHandler } from '../../../functions/kernel/sqs-fifo.ts';
import { lambdaContext } from './http-event.ts';

const aRecord = (messageId: string, group: string, body: unknown = messageId): SQSRecord => ({
  messageId,
  receiptHandle: '',
  body: JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: '',
    ApproximateFirstReceiveTimestamp: '0',
    MessageGroupId: group,
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: '',
  awsRegion: '',
});
const event = (...Records: SQSRecord[]): SQSEvent => ({ Records });

describe('a handler of a FIFO queue', () => {
  const worked: [string, readonly string[]][] = [];
  const handler = sqsFifoHandler(z.string(), async (group, messages) => {
    worked.push([group, messages]);
    if (group === 'failing') {
      throw new Error('away');
    }
  });
  const failures = async (...records: SQSRecord[]): Promise<string[]> =>
    (await handler(event(...records), lambdaContext)).batchItemFailures.map(
      ({ itemIdentifier }) => itemIdentifier,
    );

  beforeEach(() => {
    worked.length = 0;
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('works on each group in its order', async () => {
    expect(await failures(aRecord('1', 'a'), aRecord('2', 'b'), aRecord('3', 'a'))).toEqual([]);
    expect(worked).toEqual([
      ['a', ['1', '3']],
      ['b', ['2']],
    ]);
  });

  it('reports a whole group that fails, and no other', async () => {
    expect(await failures(aRecord('1', 'failing'), aRecord('2', 'b'), aRecord('3', 'failing'))).toEqual([
      '1',
      '3',
    ]);
  });

  it('reports a message that cannot be read alone, and works on those after it', async () => {
    expect(await failures(aRecord('1', 'a'), aRecord('2', 'a', { not: 'text' }), aRecord('3', 'a'))).toEqual([
      '2',
    ]);
    expect(worked).toEqual([['a', ['1', '3']]]);
  });
});
