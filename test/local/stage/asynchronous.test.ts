import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { redriveFunction } from '../../../tools/redrive/redrive-function.ts';
import { bundle, lambda } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const running = useSmallStage(
  {
    Photos: { Type: 'AWS::S3::Bucket' },
    Elsewhere: { Type: 'AWS::S3::Bucket' },
    Notified: lambda('moody'),
    Failures: { Type: 'AWS::SQS::Queue' },
    Retries: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Notified' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
      },
    },
    Notifications: {
      Type: 'Custom::S3BucketNotifications',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': ['Provider', 'Arn'] },
        BucketName: { Ref: 'Photos' },
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              Events: ['s3:ObjectCreated:*'],
              LambdaFunctionArn: { 'Fn::GetAtt': ['Notified', 'Arn'] },
              Filter: {
                Key: {
                  FilterRules: [
                    { Name: 'prefix', Value: 'in/' },
                    { Name: 'suffix', Value: '.jpg' },
                  ],
                },
              },
            },
          ],
        },
      },
    },
    Provider: lambda('moody', { Runtime: 'python3.13' }),
  },
  {
    moody: bundle(`
      let attempts = {};
      export const handler = async (event, { awsRequestId }) => {
        attempts[awsRequestId] = (attempts[awsRequestId] ?? 0) + 1;
        console.log(JSON.stringify({ event, attempt: attempts[awsRequestId], awsRequestId }));
        if ((event.failures ?? 0) >= attempts[awsRequestId]) throw new Error('in a bad mood');
      };`),
  },
);

const invokeEvent = async (event: unknown): Promise<void> => {
  const { stage, lambda: client } = running();
  const { StatusCode } = await client.send(
    new InvokeCommand({
      FunctionName: stage.function('Notified').options.name,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  expect(StatusCode).toBe(202);
};

const said = (): unknown[] => running().said('Notified');
const keysSaid = (): unknown[] =>
  said().flatMap(
    (line) => Object(line).event.Records?.map((record: unknown) => Object(record).s3.object.key) ?? [],
  );
const eventually = { timeout: 10_000, interval: 10 };

const put = async (key: string, path = 'Photos'): Promise<void> => {
  const { stage, s3 } = running();
  await s3.send(new PutObjectCommand({ Bucket: stage.bucket(path), Key: key, Body: 'picture' }));
};

describe('an asynchronous invocation', () => {
  it('is accepted at once and tried again, with the same request id', async () => {
    await invokeEvent({ failures: 1, name: 'second time lucky' });
    await vi.waitFor(() => {
      const attempts = said().filter((line) => Object(line).event.name === 'second time lucky');
      expect(attempts).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
      expect(Object(attempts[0]).awsRequestId).toBe(Object(attempts[1]).awsRequestId);
    }, eventually);
  });

  it('goes to the failure destination after its last retry, and back from there', async () => {
    const { stage, sqs, lambda: client } = running();
    const QueueUrl = stage.queueUrl('Failures');
    await invokeEvent({ failures: 9, name: 'hopeless' });
    await vi.waitFor(async () => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
      );
      expect(Attributes).toEqual({ ApproximateNumberOfMessages: '1' });
    }, eventually);
    expect(
      await redriveFunction({ sqs, lambda: client }, QueueUrl, stage.function('Notified').options.name),
    ).toBe(1);
    // It fails again, and so comes back.
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }));
    expect(said().filter((line) => Object(line).event.name === 'hopeless')).toHaveLength(4);
    expect(Messages).toHaveLength(1);
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
      requestContext: {
        requestId: expect.stringMatching(/^[\da-f-]{36}$/u),
        functionArn: `${stage.function('Notified').options.arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: 2,
      },
      requestPayload: { failures: 9, name: 'hopeless' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'in a bad mood', trace: expect.any(Array) },
    });
  });
});

describe('an S3 event', () => {
  afterEach(() => {
    running().stage.faults.s3Events({});
  });

  it('has the shape of S3, its key form-encoded', async () => {
    const { stage } = running();
    await put(`in/a b+c/é'(1).jpg`);
    await vi.waitFor(() => expect(keysSaid()).toHaveLength(1), eventually);
    const records = said().flatMap((line) => Object(line).event.Records ?? []);
    expect(records).toEqual([
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'eu-west-1',
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u),
        eventName: 'ObjectCreated:Put',
        userIdentity: { principalId: expect.any(String) },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: expect.any(String),
          bucket: {
            name: stage.bucket('Photos'),
            ownerIdentity: { principalId: expect.any(String) },
            arn: `arn:aws:s3:::${stage.bucket('Photos')}`,
          },
          object: {
            key: 'in/a+b%2Bc/%C3%A9%27%281%29.jpg',
            size: 7,
            eTag: expect.stringMatching(/^[\da-f]{32}$/u),
            sequencer: expect.stringMatching(/^[\dA-F]+$/u),
          },
        },
      },
    ]);
  });

  it('comes only for keys that fit the filter of its bucket', async () => {
    await put('out/1.jpg');
    await put('in/1.png');
    await put('in/1.jpg', 'Elsewhere');
    await put('in/last.jpg');
    await vi.waitFor(() => expect(keysSaid()).toContain('in/last.jpg'), eventually);
    expect(keysSaid()).not.toEqual(expect.arrayContaining([expect.stringMatching(/\/1\./u)]));
  });

  it('comes twice, late, or in another order on demand', async () => {
    const { faults } = running().stage;
    faults.s3Events({ deliveries: 2, delayMs: 50 });
    await put('in/twice.jpg');
    await vi.waitFor(
      () => expect(keysSaid().filter((key) => key === 'in/twice.jpg')).toHaveLength(2),
      eventually,
    );
    faults.s3Events({ hold: true });
    await put('in/first.jpg');
    await put('in/second.jpg');
    await vi.waitFor(() => expect(faults.heldS3Events).toBe(2), eventually);
    expect(keysSaid()).not.toContain('in/first.jpg');
    expect(faults.releaseS3Events('reversed')).toBe(2);
    await vi.waitFor(() => expect(keysSaid()).toContain('in/first.jpg'), eventually);
    expect(keysSaid().indexOf('in/second.jpg')).toBeLessThan(keysSaid().indexOf('in/first.jpg'));
  });
});
