import { describe, expect, it } from 'vitest';
import { AStage } from '../a-stage.ts';
import { dependencyOn } from '../documents.ts';

describe('an alarm is refused', () => {
  it('without a heading in the runbook', () => {
    const stage = new AStage();
    stage.headings = stage.headings.filter((heading) => heading !== 'studio/edits-answered');
    expect(stage.check()).toEqual([
      {
        rule: 'alarm-without-runbook',
        construct: 'fanfare-dev-studio/Burning',
        problem:
          'The alarm fanfare-dev-studio/Burning has no heading in docs/runbook.md: whom it wakes would not know what to do.',
        mend: 'Add “## studio/edits-answered” to docs/runbook.md, with what people notice, what it means and what to do.',
      },
    ]);
  });

  it('once for all alarms of one subject', () => {
    const stage = new AStage().add('Slow', 'AWS::CloudWatch::Alarm', {
      AlarmName: 'fanfare-dev/studio/edits-answered/30m-6x',
      AlarmActions: ['topic'],
      Tags: { Service: 'studio', Team: 'platform', Severity: 'page' },
    });
    stage.headings = stage.headings.filter((heading) => heading !== 'studio/edits-answered');
    expect(stage.check()).toHaveLength(1);
  });

  it.each([
    ['nothing', undefined],
    ['as CloudFormation likes', { 'Fn::Join': ['', ['a']] }],
    ['like another stage’s', 'fanfare-prod/studio/films-dead-letters'],
    ['like another service’s', 'fanfare-dev/foundation/films-dead-letters'],
    ['without a subject', 'fanfare-dev/studio'],
  ])('that is called %s', (_, name) => {
    const found = new AStage().change('FilmsFailedAlarm', { AlarmName: name }).check();
    expect(found).toContainEqual({
      rule: 'alarm-without-runbook',
      construct: 'fanfare-dev-studio/FilmsFailedAlarm',
      problem: expect.stringMatching(
        /^The alarm fanfare-dev-studio\/FilmsFailedAlarm is called .+: it says neither/u,
      ),
      mend: 'Let ServiceAlarms (lib/alarms/service-alarms.ts) derive it, or name it with alarmName (functions/contracts/alarm-name.ts) in lib/stacks/studio.ts.',
    });
  });

  it('that tells nobody, and is evidence of none that does', () => {
    const silent = (alarm: string): unknown => ({
      rule: 'alarm-without-action',
      construct: `fanfare-dev-studio/${alarm}`,
      problem: `The alarm fanfare-dev-studio/${alarm} tells nobody: it has no action, and no composite alarm with one looks at it.`,
      mend: 'Let ServiceAlarms (lib/alarms/service-alarms.ts) derive it, whose composites tell the team, or add an action for the team’s topic in lib/stacks/studio.ts.',
    });
    expect(new AStage().change('Broken', { AlarmRule: 'FALSE' }).check()).toEqual([
      silent('FilmsFailedAlarm'),
      silent('Burning'),
    ]);
    const unwired = new AStage()
      .change('Broken', { AlarmActions: [] })
      .promise('studio', () => ({ dependsOn: [dependencyOn('foundation/cache-answers')] }));
    expect(unwired.check()).toEqual([silent('FilmsFailedAlarm'), silent('Burning'), silent('Broken')]);
    expect(new AStage().change('Broken', { ActionsEnabled: false }).check()).toEqual([
      silent('FilmsFailedAlarm'),
      silent('Burning'),
      silent('Broken'),
    ]);
  });

  it('not when a composite of a composite tells somebody', () => {
    const stage = new AStage().add('Evidence', 'AWS::CloudWatch::CompositeAlarm', {
      AlarmName: 'fanfare-dev/studio/films-dead-letters/evidence',
      AlarmRule: 'ALARM(fanfare-dev/studio/edits-answered/5m-14.4x)',
      Tags: { Service: 'studio', Team: 'platform', Severity: 'page' },
    });
    stage.change('Broken', {
      AlarmRule: {
        'Fn::Join': [
          '',
          [
            'ALARM("',
            { 'Fn::GetAtt': ['FilmsFailedAlarm', 'Arn'] },
            '") OR ALARM("fanfare-dev/studio/films-dead-letters/evidence")',
          ],
        ],
      },
    });
    expect(stage.check()).toEqual([]);
  });

  it.each([
    ['Service', undefined, 'Service (studio)'],
    ['Team', 'heroes', 'Team (platform)'],
    ['Severity', undefined, 'Severity'],
  ])('with the tag %s=%s', (tag, value, wanted) => {
    expect(new AStage().tag('Broken', tag, value).check()).toEqual([
      {
        rule: 'alarm-without-owner',
        construct: 'fanfare-dev-studio/Broken',
        problem: `The alarm fanfare-dev-studio/Broken is not tagged with its ${wanted}: what it says cannot be brought to whom it concerns.`,
        mend: 'Create it in an OwnedStack and tag it with tagAlarm (lib/alarms/service-alarm.ts), in lib/stacks/studio.ts.',
      },
    ]);
  });
});

describe('the runbook is refused', () => {
  it('with a heading that no alarm has', () => {
    const stage = new AStage();
    stage.headings.push('studio/edits-lost');
    expect(stage.check()).toEqual([
      {
        rule: 'runbook-without-alarm',
        construct: 'docs/runbook.md',
        problem: 'docs/runbook.md explains “studio/edits-lost”, and no alarm is called so.',
        mend: 'Take the heading “## studio/edits-lost” out of docs/runbook.md, or name it like the alarm that it explains.',
      },
    ]);
  });
});

describe('a promise is refused', () => {
  it.each([
    ['tagged with it', (stage: AStage) => stage.tag('Burning', 'Promise', undefined)],
    [
      'called like it',
      (stage: AStage) => {
        stage.headings = stage.headings.map((heading) => heading.replace('edits-answered', 'edit-errors'));
        return stage.change('Burning', { AlarmName: 'fanfare-dev/studio/edit-errors' }).change('Broken', {
          AlarmRule: 'ALARM(fanfare-dev/studio/edit-errors) OR ALARM(fanfare-dev/studio/films-dead-letters)',
        });
      },
    ],
  ])('when no alarm of its service is %s', (_, without) => {
    expect(without(new AStage()).check()).toEqual([
      {
        rule: 'promise-without-alarm',
        construct: 'functions/studio/promise.ts',
        problem:
          'No alarm of fanfare-dev-studio measures studio/edits-answered: none is called so and tagged Promise=edits-answered, and nobody would know that it is broken.',
        mend: 'Derive the alarms of fanfare-dev-studio from functions/studio/promise.ts with ServiceAlarms (lib/alarms/service-alarms.ts), in lib/fanfare.ts.',
      },
    ]);
  });
});

describe('a checklist is refused', () => {
  const checklist = (...alarms: string[]): AStage =>
    new AStage().promise('studio', () => ({
      checklist: [{ alarms, steps: [{ look: 'What was deployed last?' }] }],
    }));

  it('for an alarm that the service does not have', () => {
    expect(checklist('*', 'notify-*').check()).toEqual([
      {
        rule: 'checklist-of-no-alarm',
        construct: 'functions/studio/promise.ts',
        problem:
          'The checklist of studio says what to look at when “notify-*” is in alarm, and no alarm of the service is called so.',
        mend: 'Take “notify-*” out of the checklist in functions/studio/promise.ts, or write the alarm’s name as docs/runbook.md has it.',
      },
    ]);
  });

  it('not for those that it has, some or all of them', () => {
    expect(checklist('edits-answered', '*-dead-letters', '*').check()).toEqual([]);
  });

  it('that leaves an alarm out', () => {
    expect(checklist('*-dead-letters').check()).toContainEqual({
      rule: 'alarm-without-checklist',
      construct: 'functions/studio/promise.ts',
      problem: 'Nothing says what to look at first when studio/edits-answered is in alarm.',
      mend: 'Add steps for “edits-answered” to the checklist in functions/studio/promise.ts.',
    });
  });
});
