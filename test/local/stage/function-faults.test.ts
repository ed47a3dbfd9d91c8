import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bundle, lambda, type StackOf, worked } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const api: StackOf['resources'] = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default' },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Answer', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /answer',
      Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
    },
  },
};

const running = useSmallStage(
  {
    ...api,
    Answer: lambda('answer', { Timeout: 1 }),
    Worker: lambda('worker'),
    ...worked('Worker', { BatchSize: 1 }),
    Other: { Type: 'AWS::SQS::Queue' },
  },
  {
    answer: bundle(`export const handler = async () => ({ statusCode: 200, body: 'fine' });`),
    worker: bundle(`export const handler = async (event) => console.log(JSON.stringify(event));`),
  },
);

const sum = (metric: string, path = 'Answer'): number => {
  const { stage } = running();
  const dimensions = { FunctionName: stage.function(path).options.name };
  return stage.metrics.total({ namespace: 'AWS/Lambda', name: metric, dimensions })?.sum ?? 0;
};
const apiMetric = (name: string) => {
  const { stage } = running();
  return stage.metrics.total({ namespace: 'AWS/ApiGateway', name, dimensions: { ApiId: 'small-Api' } });
};
const get = async (path = '/answer'): Promise<Response> =>
  fetch(`${running().stage.apiEndpoint('Api')}${path}`);
const invoke = async (InvocationType: 'Event' | 'RequestResponse') =>
  running().lambda.send(new InvokeCommand({ FunctionName: 'small-Answer', InvocationType }));
const eventually = { timeout: 15_000, interval: 10 };

afterEach(() => {
  running().stage.faults.healFunction('Answer');
});

describe('a function', () => {
  it('is counted, with how long it took, and so is its API', async () => {
    const before = [sum('Invocations'), apiMetric('Count')?.sum ?? 0, apiMetric('4xx')?.sum ?? 0];
    expect((await get()).status).toBe(200);
    expect((await get('/nowhere')).status).toBe(404);
    expect([sum('Invocations'), apiMetric('Count')?.sum, apiMetric('4xx')?.sum]).toEqual(
      [1, 2, 1].map((more, index) => (before[index] ?? 0) + more),
    );
    expect(sum('Errors')).toBe(0);
    expect(sum('ConcurrentExecutions')).toBeGreaterThan(0);
    expect(apiMetric('5xx')?.sum).toBe(0);
    expect(apiMetric('IntegrationLatency')?.count).toBeLessThan(apiMetric('Latency')?.count ?? 0);
    const all = running().stage.metrics.total({ namespace: 'AWS/Lambda', name: 'Duration', dimensions: {} });
    expect(all?.sum).toBeGreaterThan(0);
  });

  it('that is made to fail fails without running, until it is healed', async () => {
    const { stage } = running();
    const before = [
      sum('Invocations'),
      sum('Errors'),
      apiMetric('5xx')?.sum ?? 0,
      stage.function('Answer').usage.invocations,
    ];
    stage.faults.failFunction('Answer');
    expect((await get()).status).toBe(500);
    expect([
      sum('Invocations'),
      sum('Errors'),
      apiMetric('5xx')?.sum,
      stage.function('Answer').usage.invocations,
    ]).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1, (before[2] ?? 0) + 1, before[3]]);
    stage.faults.healFunction('Answer');
    expect((await get()).status).toBe(200);
  });

  it('that is slow takes longer, for itself and for its API', async () => {
    const { stage } = running();
    stage.faults.slowFunction('Answer', 300);
    const before = { duration: sum('Duration'), latency: apiMetric('Latency')?.sum ?? 0 };
    expect((await get()).status).toBe(200);
    expect(sum('Duration') - before.duration).toBeGreaterThanOrEqual(300);
    expect((apiMetric('Latency')?.sum ?? 0) - before.latency).toBeGreaterThanOrEqual(300);
  });

  it('that is slower than its time-out times out', async () => {
    const { stage } = running();
    stage.faults.slowFunction('Answer', 60_000);
    const before = sum('Errors');
    const { Payload } = await invoke('RequestResponse');
    expect(JSON.parse(Buffer.from(Payload ?? []).toString('utf8'))).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
    });
    expect(sum('Errors')).toBe(before + 1);
  });

  it('that is throttled refuses whoever waits for it, and is not counted as invoked', async () => {
    const { stage } = running();
    stage.faults.throttle('Answer');
    const before = [sum('Invocations'), sum('Errors'), sum('Throttles')];
    expect((await get()).status).toBe(500);
    await expect(invoke('RequestResponse')).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
    expect([sum('Invocations'), sum('Errors'), sum('Throttles')]).toEqual([
      before[0],
      before[1],
      (before[2] ?? 0) + 2,
    ]);
  });

  it('that is throttled is asked again for an event, until there is room', async () => {
    const { stage } = running();
    const before = { invocations: sum('Invocations'), throttles: sum('Throttles') };
    stage.faults.throttle('Answer');
    await invoke('Event');
    await vi.waitFor(() => expect(sum('Throttles')).toBe(before.throttles + 2), eventually);
    stage.faults.healFunction('Answer');
    await vi.waitFor(() => expect(sum('Invocations')).toBe(before.invocations + 1), eventually);
    expect(sum('AsyncEventsReceived')).toBe(1);
    expect(sum('AsyncEventsDropped')).toBe(0);
  });
});

describe('a blocked queue', () => {
  it('keeps its messages until it is unblocked', async () => {
    const { stage, sqs, said } = running();
    const QueueUrl = stage.queueUrl('Queue');
    stage.faults.blockQueue('Queue');
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'waits' }));
    const { ApproximateNumberOfMessages } = await vi.waitFor(async () => {
      const { GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      expect(Attributes['ApproximateNumberOfMessages']).toBe('1');
      return Attributes;
    }, eventually);
    expect(ApproximateNumberOfMessages).toBe('1');
    expect(said('Worker')).toEqual([]);
    stage.faults.unblockQueue('Queue');
    await vi.waitFor(() => expect(said('Worker')).toHaveLength(1), eventually);
  });

  it('is one that a function works off', () => {
    expect(() => running().stage.faults.blockQueue('Other')).toThrow(
      'No function works off the queue Other.',
    );
  });
});
