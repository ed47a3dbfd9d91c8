import { InvokeCommand } from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { bundle, type Json, lambda, worked } from './assembly-fixture.ts';
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
    worker: bundle(`export const handler = async () => {};`),
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
const invokeWorker = async (): Promise<void> => {
  const { stage, lambda: client } = running();
  await client.send(
    new InvokeCommand({
      FunctionName: stage.function('Worker').options.name,
      InvocationType: 'RequestResponse',
    }),
  );
};

describe('an alarm of the template', () => {
  it('goes off, tells its team through the composite alarm, once, and tells that it is over', async () => {
    const { stage } = running();
    await stage.alarms.until((alarms) => alarms.inState('OK').length === 4, inSeconds);
    stage.faults.failFunction('Worker');
    await invokeWorker();
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
    console.log(
      JSON.stringify(stage.sink.messages(), undefined, 1),
      JSON.stringify(stage.events.events, undefined, 1),
    );
  }, 60_000);

  it('sees how long messages wait', async () => {
    const { stage, sqs } = running();
    stage.faults.blockQueue('Queue');
    await sqs.send(new SendMessageCommand({ QueueUrl: stage.queueUrl('Queue'), MessageBody: '{}' }));
    await stage.alarms.untilState('small-waiting', 'ALARM', inSeconds);
    stage.faults.unblockQueue('Queue');
    await stage.alarms.untilState('small-waiting', 'OK', inSeconds);
  }, 60_000);
});
