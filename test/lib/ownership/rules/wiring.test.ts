import { describe, expect, it } from 'vitest';
import { AStage, foundationStack, studioStack } from '../a-stage.ts';
import { dependencyOn } from '../documents.ts';

describe('what one service uses of another', () => {
  const cacheOnly = (): AStage =>
    new AStage().promise('studio', () => ({ dependsOn: [dependencyOn('foundation/cache-answers')] }));
  const alarmsOnly = (): AStage =>
    new AStage().promise('studio', () => ({ dependsOn: [dependencyOn('foundation/alarms-reach-people')] }));

  it('is refused when an environment variable shows it and the document does not', () => {
    expect(alarmsOnly().check()).toEqual([
      {
        rule: 'undeclared-dependency',
        construct: 'fanfare-dev-studio/Edit',
        problem:
          'studio uses foundation and does not say so: fanfare-dev-studio/Edit points at fanfare-dev-foundation/Cache.',
        mend: 'Add it to dependsOn in functions/studio/promise.ts (foundation promises cache-answers), with what happens when it is broken and what steps in; or take the reference out of lib/stacks/studio.ts.',
      },
    ]);
  });

  it('is refused when only an alarm’s action shows it', () => {
    expect(cacheOnly().check()).toEqual([
      {
        rule: 'undeclared-dependency',
        construct: 'fanfare-dev-studio/Broken',
        problem:
          'studio uses foundation and does not say so: fanfare-dev-studio/Broken points at fanfare-dev-foundation/Topic.',
        mend: expect.stringContaining('(foundation promises alarms-reach-people)'),
      },
    ]);
  });

  const toStudio = { 'Fn::GetStackOutput': { StackName: studioStack, OutputName: 'FilmsUrl' } };
  const circular = (id: string, type: string, properties: Record<string, unknown>): AStage =>
    new AStage().add(id, type, properties, foundationStack);
  const statement = (Resource: unknown): Record<string, unknown> => ({
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource }] },
  });

  it.each([
    ['a grant', 'AWS::IAM::Policy', statement(toStudio), 'fanfare-dev-studio/Films'],
    [
      'a grant by name',
      'AWS::IAM::Policy',
      statement({ 'Fn::Join': ['', ['arn:aws:lambda:*:*:function:', 'fanfare-dev-studio-edit']] }),
      '“fanfare-dev-studio-edit”',
    ],
    ['an environment variable by name', 'AWS::Lambda::Alias', {}, undefined],
    [
      'the VPC of a function',
      'AWS::EC2::SecurityGroup',
      { VpcId: { 'Fn::Sub': ['${Vpc}', { Vpc: toStudio }] } },
      'fanfare-dev-studio/Films',
    ],
    [
      'an origin',
      'AWS::CloudFront::Distribution',
      { DistributionConfig: { Origins: [{ DomainName: toStudio }] } },
      'fanfare-dev-studio/Films',
    ],
  ])('is refused when %s shows it', (_, type, properties, target) => {
    const found =
      target === undefined
        ? new AStage()
            .change(
              'Notify',
              { Environment: { Variables: { LOG: '/fanfare/dev/studio/edit' } } },
              foundationStack,
            )
            .check()
        : circular('Wire', type, properties).check();
    expect(found).toEqual([
      {
        rule: 'undeclared-dependency',
        construct: `fanfare-dev-foundation/${target === undefined ? 'Notify' : 'Wire'}`,
        problem: `foundation uses studio and does not say so: fanfare-dev-foundation/${target === undefined ? 'Notify' : 'Wire'} points at ${target ?? '“/fanfare/dev/studio/edit”'}.`,
        mend: expect.stringContaining(
          'Add it to dependsOn in functions/foundation/promise.ts (studio promises edits-answered)',
        ),
      },
    ]);
  });

  it('is refused when an export that it imports shows it', () => {
    const stage = alarmsOnly().change('Edit', {
      Environment: { Variables: { CACHE: { 'Fn::ImportValue': 'fanfare-dev-cache' } } },
    });
    expect(stage.check()).toEqual([
      expect.objectContaining({
        rule: 'undeclared-dependency',
        problem: expect.stringContaining('fanfare-dev-studio/Edit points at fanfare-dev-foundation/Cache'),
      }),
    ]);
  });

  it('is refused once, however often it shows', () => {
    const stage = alarmsOnly().change('Cut', {
      Environment: { Variables: { CACHE: { 'Fn::ImportValue': 'fanfare-dev-cache' } } },
    });
    expect(stage.check()).toEqual([
      expect.objectContaining({
        problem: expect.stringContaining('points at fanfare-dev-foundation/Cache, and one more place do.'),
      }),
    ]);
  });

  it('is refused when the document says it and nothing shows it', () => {
    expect(new AStage().change('Edit', { Environment: {} }).check()).toEqual([
      {
        rule: 'dependency-without-wiring',
        construct: 'functions/studio/promise.ts',
        problem:
          'studio says that it depends on foundation/cache-answers, and nothing in fanfare-dev-studio points into the stack of foundation.',
        mend: 'Take the dependency out of dependsOn in functions/studio/promise.ts, or use foundation in lib/stacks/studio.ts.',
      },
    ]);
    expect(new AStage().change('Broken', { AlarmActions: ['arn:of:somebody-else'] }).check()).toEqual([
      expect.objectContaining({
        rule: 'dependency-without-wiring',
        problem:
          'studio says that it depends on foundation/alarms-reach-people, and no alarm of fanfare-dev-studio tells a topic of foundation.',
      }),
    ]);
  });

  it.each([
    [
      'a dashboard looks at it',
      'AWS::CloudWatch::Dashboard',
      { DashboardBody: { 'Fn::Join': ['', ['{', toStudio, '}']] } },
    ],
    [
      'an alarm measures it',
      'AWS::CloudWatch::Alarm',
      {
        AlarmName: 'fanfare-dev/foundation/alarms-reach-people/all',
        AlarmActions: [{ Ref: 'Topic' }],
        Dimensions: [{ Name: 'QueueName', Value: toStudio }],
        Tags: { Service: 'foundation', Team: 'platform', Severity: 'ticket' },
      },
    ],
    [
      'something else is called almost like it',
      'AWS::IAM::Policy',
      statement('arn:aws:sqs:*:*:fanfare-dev-studios'),
    ],
  ])('is nothing that it depends on when only %s', (_, type, properties) => {
    expect(circular('Wire', type, properties).check()).toEqual([]);
  });
});
