import { describe, expect, it } from 'vitest';
import { AStage } from '../a-stage.ts';

describe('a function that is invoked without waiting for it is refused when its failures are lost', () => {
  const arn = { 'Fn::GetAtt': ['Cut', 'Arn'] };
  it.each([
    ['S3', 'AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Function: arn }] } }],
    [
      'S3, as the CDK configures it',
      'Custom::S3BucketNotifications',
      { NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn }] } },
    ],
    ['SNS', 'AWS::SNS::Subscription', { Protocol: 'lambda', Endpoint: arn }],
    ['an event', 'AWS::Events::Rule', { EventPattern: { source: ['aws.s3'] }, Targets: [{ Arn: arn }] }],
  ])('by %s', (_, type, properties) => {
    const stage = new AStage().add('Invoker', type, properties);
    expect(stage.check()).toEqual([
      {
        rule: 'asynchronous-without-failure-destination',
        construct: 'fanfare-dev-studio/Cut',
        problem:
          'The function fanfare-dev-studio/Cut is invoked by fanfare-dev-studio/Invoker, which does not wait for it: an event that failed three times would be lost.',
        mend: 'Give it AsyncRetries (lib/constructs/async-retries.ts), which keep such events, in lib/stacks/studio.ts.',
      },
    ]);
    const config = { FunctionName: { Ref: 'Cut' }, MaximumRetryAttempts: 2 };
    expect(stage.add('Retries', 'AWS::Lambda::EventInvokeConfig', config).check()).toHaveLength(1);
    const destination = { OnFailure: { Destination: { 'Fn::GetAtt': ['FilmsFailed', 'Arn'] } } };
    expect(stage.change('Retries', { DestinationConfig: destination }).check()).toEqual([]);
  });

  it('not by a schedule, which comes again, nor by a queue, which keeps its message', () => {
    const stage = new AStage().add('Every', 'AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: arn }],
    });
    expect(stage.check()).toEqual([]);
  });
});
