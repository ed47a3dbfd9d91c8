import { describe, expect, it } from 'vitest';
import { AStage } from '../a-stage.ts';
import { aPromise } from '../documents.ts';

describe('a function is refused', () => {
  const lambda = { Timeout: 3, MemorySize: 128, LoggingConfig: { LogGroup: { Ref: 'CutLog' } } };

  it('outside the stack of a service', () => {
    const stage = new AStage();
    stage.stacks.push({ stack: 'fanfare-dev-attic', template: { Resources: {} } });
    stage.add('Log', 'AWS::Logs::LogGroup', { RetentionInDays: 7 }, 'fanfare-dev-attic');
    const found = stage
      .add(
        'Old',
        'AWS::Lambda::Function',
        { ...lambda, LoggingConfig: { LogGroup: { Ref: 'Log' } } },
        'fanfare-dev-attic',
      )
      .check();
    expect(found).toEqual([
      {
        rule: 'unowned-function',
        construct: 'fanfare-dev-attic/Old',
        problem:
          'The function fanfare-dev-attic/Old is in fanfare-dev-attic, which is no service’s stack: nobody answers for it.',
        mend: 'Create it in the OwnedStack of a service in lib/stacks/, or give attic a promise document and name it in functions/promises.ts.',
      },
    ]);
  });

  it.each([
    ['Service', undefined, 'Service=studio'],
    ['Service', 'foundation', 'Service=studio'],
    ['Team', undefined, 'Team=platform'],
  ])('with the tag %s=%s', (tag, value, wanted) => {
    expect(new AStage().tag('Cut', tag, value).check()).toEqual([
      {
        rule: 'unowned-function',
        construct: 'fanfare-dev-studio/Cut',
        problem: `The function fanfare-dev-studio/Cut is not tagged ${wanted}, so it is nobody’s in bills, alarms and searches.`,
        mend: 'Create it in an OwnedStack (lib/stacks/owned-stack.ts), which tags all that is in it; in lib/stacks/studio.ts, override none of its tags.',
      },
    ]);
  });

  it('of the CDK’s own without tags, too', () => {
    expect(new AStage().tag('Provider', 'Service', undefined).check()).toEqual([
      expect.objectContaining({ rule: 'unowned-function', construct: 'fanfare-dev-studio/Provider' }),
    ]);
  });

  it('that was not made as a service’s function, unless the CDK runs it itself', () => {
    const found = new AStage().tag('Cut', 'Function', undefined).check();
    expect(found).toEqual([
      {
        rule: 'unowned-function',
        construct: 'fanfare-dev-studio/Cut',
        problem:
          'The function fanfare-dev-studio/Cut has no tag Function: no handler of functions/studio/ is known to be it.',
        mend: 'Create it in lib/stacks/studio.ts with OwnedFunction (lib/constructs/owned-function.ts), named like its handler’s file.',
      },
    ]);
    const exposed = new AStage().remove('Emptying').check();
    expect(exposed).toContainEqual(
      expect.objectContaining({ rule: 'unowned-function', construct: 'fanfare-dev-studio/Provider' }),
    );
  });

  it('without a time-out', () => {
    // Its queue’s visibility is judged by Lambda’s default then.
    expect(new AStage().change('Cut', { Timeout: undefined }).check()).toEqual([
      {
        rule: 'function-without-timeout',
        construct: 'fanfare-dev-studio/Cut',
        problem:
          'The function fanfare-dev-studio/Cut has no time-out of its own: Lambda’s 3 seconds are nobody’s decision.',
        mend: 'Give it a timeout in lib/stacks/studio.ts.',
      },
    ]);
  });

  it('without a memory size', () => {
    expect(new AStage().change('Cut', { MemorySize: undefined }).check()).toEqual([
      {
        rule: 'function-without-memory',
        construct: 'fanfare-dev-studio/Cut',
        problem: expect.stringContaining('The function fanfare-dev-studio/Cut has no memory size of its own'),
        mend: 'Give it memoryMb in lib/stacks/studio.ts.',
      },
    ]);
  });

  it('without a log group, or with one that keeps everything', () => {
    const mend =
      'Create it with OwnedFunction (lib/constructs/owned-function.ts), or give its log group a retention in lib/stacks/studio.ts.';
    expect(new AStage().change('Cut', { LoggingConfig: undefined }).check()).toEqual([
      {
        rule: 'function-without-log-retention',
        construct: 'fanfare-dev-studio/Cut',
        problem:
          'The function fanfare-dev-studio/Cut has no log group of its own: Lambda would make one that keeps everything for ever.',
        mend,
      },
    ]);
    expect(new AStage().change('CutLog', { RetentionInDays: undefined }).check()).toEqual([
      {
        rule: 'function-without-log-retention',
        construct: 'fanfare-dev-studio/Cut',
        problem:
          'The log group fanfare-dev-studio/CutLog of the function fanfare-dev-studio/Cut has no retention: it keeps everything for ever.',
        mend,
      },
    ]);
  });

  it.each([
    ['directly', (stage: AStage) => stage],
    [
      'by an alias of a version',
      (stage: AStage) =>
        stage
          .add('Version', 'AWS::Lambda::Version', { FunctionName: { Ref: 'Edit' } })
          .add('Live', 'AWS::Lambda::Alias', {
            FunctionName: { Ref: 'Edit' },
            FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          })
          .change('Integration', { IntegrationUri: { Ref: 'Live' } }),
    ],
  ])('that answers a route %s and is in no promise', (_, routed) => {
    const stage = routed(new AStage()).promise('studio', ({ promises }) => ({
      promises: promises.map((promise) => ({ ...promise, functions: ['cut'] })),
    }));
    expect(stage.check()).toEqual([
      {
        rule: 'public-function-without-promise',
        construct: 'fanfare-dev-studio/Edit',
        problem:
          'The function fanfare-dev-studio/Edit answers POST /studio/edits, and no promise of studio covers it: its callers are promised nothing.',
        mend: 'Name “edit” in the functions of a promise in functions/studio/promise.ts, or make one for it.',
      },
    ]);
  });

  it('that has a URL of its own and is in no promise', () => {
    const stage = new AStage().add('Url', 'AWS::Lambda::Url', {
      TargetFunctionArn: { 'Fn::GetAtt': ['Cut', 'Arn'] },
    });
    expect(stage.check()).toEqual([
      expect.objectContaining({
        rule: 'public-function-without-promise',
        problem:
          'The function fanfare-dev-studio/Cut answers at a URL of its own, and no promise of studio covers it: its callers are promised nothing.',
      }),
    ]);
  });

  it('that a promise names and no Lambda is', () => {
    const found = new AStage().promise('studio', () => ({
      promises: [aPromise({ id: 'edits-answered', functions: ['edit', 'paint'] })],
    }));
    expect(found.check()).toEqual([
      {
        rule: 'promise-of-no-function',
        construct: 'functions/studio/promise.ts',
        problem:
          'The promise studio/edits-answered is to be kept by “paint”, and fanfare-dev-studio has no function of that name.',
        mend: 'Take “paint” out of the promise in functions/studio/promise.ts, or create the function in lib/stacks/studio.ts.',
      },
    ]);
  });
});
