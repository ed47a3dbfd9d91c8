import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it, vi } from 'vitest';
import { startStage } from '../../../local/stage.ts';
import { bundle, type Json, lambda, site, type StackOf, worked, writeAssembly } from './assembly-fixture.ts';
import { useSmallStage } from './stage-fixture.ts';

const tags = [
  { Key: 'Stage', Value: 'dev' },
  { Key: 'Service', Value: 'small' },
  { Key: 'Team', Value: 'campaigns' },
  { Key: 'Severity', Value: 'page' },
];

const alarm = (properties: { readonly [key: string]: Json }) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    Period: 60,
    TreatMissingData: 'notBreaching',
    Tags: tags,
    ...properties,
  },
});

const running = useSmallStage(
  {
    Worker: lambda('worker'),
    ...worked('Worker', { BatchSize: 1 }),
    Notify: lambda('notify', {
      Environment: { Variables: { PAGERDUTY_EVENTS_URL: 'https://events.pagerduty.com/v2/enqueue' } },
    }),
    Ticker: lambda('ticker'),
    EveryMinute: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        State: 'ENABLED',
        Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Ticker', 'Arn'] } }],
      },
    },
    Changed: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.cloudwatch'],
          detail: { alarmName: [{ prefix: 'small' }], state: { value: ['ALARM'] } },
        },
        Targets: [{ Id: 'Target0', Arn: { 'Fn::GetAtt': ['Ticker', 'Arn'] } }],
      },
    },
    Topic: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: 'fanfare-dev-campaigns-page', Tags: tags },
    },
    ToNotify: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: { Ref: 'Topic' },
        Protocol: 'lambda',
        Endpoint: { 'Fn::GetAtt': ['Notify', 'Arn'] },
      },
    },
    ToMail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'campaigns@example.org' },
    },
    Errors: alarm({
      AlarmName: 'small-worker-errors',
      AlarmDescription: 'Nothing is made. See the runbook.',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Worker' } }],
      Statistic: 'Sum',
      Threshold: 1,
      ActionConfiguration: { AlarmTagsPropagation: { Enabled: true } },
    }),
    Waiting: alarm({
      AlarmName: 'small-waiting',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
      Statistic: 'Maximum',
      Threshold: 120,
    }),
    Made: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'small-made-share',
        ComparisonOperator: 'LessThanThreshold',
        EvaluationPeriods: 1,
        Threshold: 0.5,
        TreatMissingData: 'notBreaching',
        Metrics: [
          { Id: 'share', Expression: 'IF(asked >= 2, made / asked)', Label: 'made', ReturnData: true },
          ...['asked', 'made'].map((id) => ({
            Id: id,
            ReturnData: false,
            MetricStat: {
              Metric: {
                Namespace: 'Small',
                MetricName: id,
                Dimensions: [{ Name: 'service', Value: 'small' }],
              },
              Period: 60,
              Stat: 'Sum',
            },
          })),
        ],
        Tags: tags,
      },
    },
    Service: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmName: 'small-service',
        AlarmRule: 'ALARM("small-worker-errors") OR ALARM(small-waiting)',
        AlarmActions: [{ Ref: 'Topic' }],
        OKActions: [{ Ref: 'Topic' }],
        ActionConfiguration: { AlarmTagsPropagation: { Enabled: true, IncludedTagKeys: ['Team'] } },
        Tags: tags,
      },
    },
  },
  {
    worker: bundle(`
      export const handler = async ({ asked, made }) => {
        if (asked === undefined) return;
        const Metrics = [{ Name: 'asked' }, { Name: 'made' }];
        const CloudWatchMetrics = [{ Namespace: 'Small', Dimensions: [['service']], Metrics }];
        console.log(JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, service: 'small', asked, made }));
      };`),
    ticker: bundle(`export const handler = async (event) => console.log(JSON.stringify(event));`),
    notify: bundle(`
      export const handler = async ({ Records }) => {
        const { SecretString } = await fetch(process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER, {
          method: 'POST',
          headers: { 'x-amz-target': 'secretsmanager.GetSecretValue' },
          body: JSON.stringify({ SecretId: 'fanfare/dev/notify' }),
        }).then((answer) => answer.json());
        const addresses = JSON.parse(SecretString);
        for (const { Sns } of Records) {
          const message = JSON.parse(Sns.Message);
          if (message.OldStateValue === 'INSUFFICIENT_DATA') continue;
          await fetch(addresses['campaigns-chat'], { method: 'POST', body: Sns.Subject });
          const answer = await fetch(process.env.PAGERDUTY_EVENTS_URL, {
            method: 'POST',
            body: JSON.stringify({
              routing_key: addresses['campaigns-pagerduty'],
              event_action: message.NewStateValue === 'ALARM' ? 'trigger' : 'resolve',
              dedup_key: message.AlarmArn,
              payload: { summary: Sns.Subject, source: message.AlarmArn, severity: 'critical' },
            }),
          });
          if (!answer.ok) throw new Error('not delivered: ' + answer.status);
        }
      };`),
  },
  { timeScale: 120 },
);

const inSeconds = 20_000;
const invoke = async (path: string, event: unknown): Promise<void> => {
  const { stage, lambda: client } = running();
  await client.send(
    new InvokeCommand({
      FunctionName: stage.function(path).options.name,
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
};

describe('an alarm of the template', () => {
  it('goes off, tells its team through the composite alarm, once, and tells that it is over', async () => {
    const { stage } = running();
    await stage.alarms.until((alarms) => alarms.inState('OK').length === 4, inSeconds);
    stage.faults.failFunction('Worker');
    await invoke('Worker', {});
    await stage.alarms.untilState('worker-errors', 'ALARM', inSeconds);
    expect(stage.alarms.states()).toEqual({
      'small-worker-errors': 'ALARM',
      'small-waiting': 'OK',
      'small-made-share': 'OK',
      'small-service': 'ALARM',
    });
    stage.faults.healFunction('Worker');
    await stage.alarms.untilState('small-service', 'OK', inSeconds);
    await stage.sink.until(
      (messages) => messages.filter(({ kind }) => kind === 'pagerduty').length === 2,
      inSeconds,
    );
    expect(
      stage.sink
        .messages()
        .filter(({ kind }) => kind === 'pagerduty')
        .map(({ team, body }) => [team, Object(body).event_action]),
    ).toEqual([
      ['campaigns', 'trigger'],
      ['campaigns', 'resolve'],
    ]);
  }, 60_000);

  it('is an event on the bus, which rules hand on to their targets', async () => {
    const { stage, said } = running();
    const event = await stage.events.until(
      ({ detail }) =>
        detail['alarmName'] === 'small-worker-errors' && Object(detail['state']).value === 'ALARM',
      inSeconds,
    );
    expect(event).toMatchObject({
      version: '0',
      'detail-type': 'CloudWatch Alarm State Change',
      source: 'aws.cloudwatch',
      account: '000000000000',
      region: 'eu-west-1',
      detail: { alarmTags: { Team: 'campaigns' } },
    });
    await vi.waitFor(() => expect(said('Ticker')).toContainEqual(structuredClone(event)), {
      timeout: inSeconds,
      interval: 20,
    });
    const handedOn = said('Ticker').filter((line) => Object(line).source === 'aws.cloudwatch');
    expect(new Set(handedOn.map((line) => Object(line).detail.state.value))).toEqual(new Set(['ALARM']));
  });

  it('goes by what functions write of themselves', async () => {
    const { stage } = running();
    await invoke('Worker', { asked: 4, made: 1 });
    const { reason } = await stage.alarms.untilState('small-made-share', 'ALARM', inSeconds);
    expect(reason).toMatch(/^Threshold Crossed: 1 datapoint \[0\.25 /u);
    await stage.alarms.untilState('small-made-share', 'OK', inSeconds);
  });

  it('sees how long messages wait', async () => {
    const { stage, sqs } = running();
    stage.faults.blockQueue('Queue');
    await sqs.send(new SendMessageCommand({ QueueUrl: stage.queueUrl('Queue'), MessageBody: '{}' }));
    await stage.alarms.untilState('small-waiting', 'ALARM', inSeconds);
    stage.faults.unblockQueue('Queue');
    await stage.alarms.untilState('small-waiting', 'OK', inSeconds);
  }, 60_000);
});

describe('a schedule', () => {
  it('ticks as fast as everything else', async () => {
    const { said } = running();
    const ticks = await vi.waitFor(
      () => {
        const found = said('Ticker').filter((line) => Object(line).source === 'aws.events');
        expect(found.length).toBeGreaterThanOrEqual(3);
        return found;
      },
      { timeout: inSeconds, interval: 20 },
    );
    expect(ticks[0]).toMatchObject({
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:eu-west-1:000000000000:rule/small-EveryMinute'],
      detail: {},
    });
  });
});

describe('a notification', () => {
  it('comes to functions and mailboxes, with its topic and subject', async () => {
    const { stage } = running();
    const mail = stage.sink.messages().filter(({ kind }) => kind === 'email');
    expect(mail.map(({ team, headers }) => [team, headers])).toContainEqual([
      'campaigns',
      { to: 'campaigns@example.org', subject: 'ALARM: "small-service" in EU (Ireland)' },
    ]);
    expect(JSON.parse(String(mail[0]?.body))).toMatchObject({ AlarmName: 'small-service' });
    const topic = { TopicName: 'fanfare-dev-campaigns-page' };
    const total = (name: string) =>
      stage.metrics.total({ namespace: 'AWS/SNS', name, dimensions: topic })?.sum;
    expect(total('NumberOfNotificationsDelivered')).toBe(2 * (total('NumberOfMessagesPublished') ?? 0));
    expect(total('NumberOfNotificationsFailed')).toBeUndefined();
  });
});

describe('a stage with alarms that nothing can raise', () => {
  const start = async (resources: StackOf['resources']) =>
    startStage({ assembly: await writeAssembly({ small: { resources: { ...site, ...resources } } }) });
  it.each<[string, StackOf['resources'], string]>([
    [
      'a metric that nobody reports',
      {
        Queue: { Type: 'AWS::SQS::Queue' },
        Age: alarm({
          AlarmName: 'age',
          Namespace: 'AWS/SQS',
          MetricName: 'ApproximateAgeOfOldestMessage',
          Dimensions: [{ Name: 'Queue', Value: 'small-Queue' }],
          Statistic: 'Maximum',
          Threshold: 1,
        }),
      },
      'The alarm age reads ApproximateAgeOfOldestMessage of AWS/SQS (Queue small-Queue), which the local stage does not report.',
    ],
    [
      'a topic that is not there',
      {
        Made: alarm({
          AlarmName: 'made',
          Namespace: 'Small',
          MetricName: 'made',
          Statistic: 'Sum',
          Threshold: 1,
          AlarmActions: ['arn:aws:sns:eu-west-1:000000000000:gone'],
        }),
      },
      'The alarm made publishes to arn:aws:sns:eu-west-1:000000000000:gone, which is nowhere in the stage.',
    ],
    [
      'a subscription of another kind',
      {
        Topic: { Type: 'AWS::SNS::Topic' },
        Https: {
          Type: 'AWS::SNS::Subscription',
          Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'https', Endpoint: 'https://example.org' },
        },
      },
      'the local stage knows subscriptions of functions and e-mail addresses only',
    ],
    [
      'a subscription with a filter',
      {
        Topic: { Type: 'AWS::SNS::Topic' },
        Some: {
          Type: 'AWS::SNS::Subscription',
          Properties: {
            TopicArn: { Ref: 'Topic' },
            Protocol: 'email',
            Endpoint: 'a@example.org',
            FilterPolicy: {},
          },
        },
      },
      'the local stage does not follow this property',
    ],
    [
      'a schedule by the calendar',
      {
        Rule: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 8 * * ? *)' } },
      },
      'The local stage knows schedules such as rate(5 minutes), not cron(0 8 * * ? *).',
    ],
  ])('does not start: %s', async (_name, resources, words) => {
    await expect(start(resources)).rejects.toThrow(words);
  });
});
