import { describe, expect, it } from 'vitest';
import { AStage, foundationStack } from '../a-stage.ts';

describe('a queue is refused', () => {
  it('without dead letters', () => {
    const found = new AStage().add('Loose', 'AWS::SQS::Queue', {}).check();
    expect(found).toEqual([
      {
        rule: 'queue-without-dead-letters',
        construct: 'fanfare-dev-studio/Loose',
        problem:
          'The queue fanfare-dev-studio/Loose has no dead-letter queue: a message that always fails comes back until it expires, and is then lost.',
        mend: 'Create it with WorkQueue (lib/constructs/work-queue.ts), or give it a deadLetterQueue in lib/stacks/studio.ts.',
      },
    ]);
  });

  const unwatched = (construct: string): unknown => ({
    rule: 'dead-letters-without-alarm',
    construct,
    problem: `No alarm watches how many messages lie in the dead-letter queue ${construct}: what failed for good would wait there until it expires, and nobody would know.`,
    mend: `Create it with DeadLetters (lib/constructs/dead-letters.ts), which ServiceAlarms (lib/alarms/service-alarms.ts) watch, or add an alarm on its ApproximateNumberOfMessagesVisible, and on nothing else, in lib/stacks/${construct.includes('studio') ? 'studio' : 'foundation'}.ts.`,
  });

  it('of dead letters without an alarm', () => {
    const stage = new AStage().remove('FilmsFailedAlarm');
    stage.headings = stage.headings.filter((heading) => heading !== 'studio/films-dead-letters');
    expect(stage.check()).toEqual([unwatched('fanfare-dev-studio/FilmsFailed')]);
  });

  it('of a function’s failures without an alarm', () => {
    const stage = new AStage().remove('FailedAlarm', foundationStack);
    stage.headings = stage.headings.filter((heading) => heading !== 'foundation/notify-dead-letters');
    expect(stage.check()).toEqual([unwatched('fanfare-dev-foundation/Failed')]);
  });

  it.each([
    ['another metric', { MetricName: 'NumberOfMessagesSent' }],
    [
      'another queue',
      { Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Films', 'QueueName'] } }] },
    ],
  ])('of dead letters with an alarm on %s', (_, properties) => {
    expect(new AStage().change('FilmsFailedAlarm', properties).check()).toEqual([
      unwatched('fanfare-dev-studio/FilmsFailed'),
    ]);
  });

  const metric = (id: string, queue: string): unknown => ({
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [queue, 'QueueName'] } }],
      },
    },
  });
  const computed = (...queues: string[]): AStage =>
    new AStage().change('FilmsFailedAlarm', {
      MetricName: undefined,
      Dimensions: undefined,
      Metrics: [{ Id: 'sum', Expression: 'a' }, ...queues.map((queue, index) => metric(`m${index}`, queue))],
    });

  it('of dead letters that an alarm watches only together with others', () => {
    expect(computed('FilmsFailed', 'Films').check()).toEqual([unwatched('fanfare-dev-studio/FilmsFailed')]);
  });

  it('not when an alarm computes with its number of messages alone', () => {
    expect(computed('FilmsFailed').check()).toEqual([]);
  });

  it('not when it takes what a subscription or a rule could not deliver, and is watched', () => {
    const set = { deadLetterTargetArn: { 'Fn::GetAtt': ['FilmsFailed', 'Arn'] } };
    const stage = new AStage()
      .change('Films', { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['FilmsFailed', 'Arn'] } } })
      .add('ToQueue', 'AWS::SNS::Subscription', { Protocol: 'sqs', RedrivePolicy: set });
    expect(stage.check()).toEqual([]);
    stage.add('Undelivered', 'AWS::SQS::Queue', {}).add('Rule', 'AWS::Events::Rule', {
      Targets: [{ DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Undelivered', 'Arn'] } } }],
    });
    expect(stage.check()).toEqual([unwatched('fanfare-dev-studio/Undelivered')]);
  });

  it('whose messages come back before six time-outs of its consumer', () => {
    expect(new AStage().change('Films', { VisibilityTimeout: 59 }).check()).toEqual([
      {
        rule: 'visibility-shorter-than-six-timeouts',
        construct: 'fanfare-dev-studio/Films',
        problem:
          'A message of the queue fanfare-dev-studio/Films comes back after 59 s, though its consumer fanfare-dev-studio/Cut may take 10 s a try: it would be worked on twice at once.',
        mend: 'Create it with WorkQueue (lib/constructs/work-queue.ts), or give it a visibilityTimeout of at least 60 s (six time-outs, as AWS advises) in lib/stacks/studio.ts.',
      },
    ]);
    expect(new AStage().change('Films', { VisibilityTimeout: undefined }).check()).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('comes back after 30 s') }),
    ]);
  });
});

describe('an event source is refused', () => {
  it('that does not report which messages failed', () => {
    expect(new AStage().change('Source', { FunctionResponseTypes: [] }).check()).toEqual([
      {
        rule: 'event-source-without-partial-failures',
        construct: 'fanfare-dev-studio/Source',
        problem:
          'The event source fanfare-dev-studio/Source does not report failures by message: one bad message sends its whole batch back, what was done already too.',
        mend: 'Create the queue with WorkQueue (lib/constructs/work-queue.ts), or set reportBatchItemFailures of the event source in lib/stacks/studio.ts.',
      },
    ]);
  });
});
