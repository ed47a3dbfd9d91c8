import { App, Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { notifyEnv } from '../../functions/foundation/env.ts';
import { services } from '../../functions/promises.ts';
import { OwnedFunction } from '../../lib/constructs/owned-function.ts';
import { TeamTopics } from '../../lib/constructs/team-topics.ts';
import { OwnedStack } from '../../lib/stacks/owned-stack.ts';
import { type Team, type TeamName, teamCalled, teams } from '../../lib/teams.ts';
import { onceBuilt } from '../../tools/build.ts';
import { patience } from './templates.ts';

const template = (of: Readonly<Record<TeamName, Team>>): Template => {
  const stack = new OwnedStack(new App(), services.foundation, 'dev');
  const notify = new OwnedFunction(stack, 'Notify', {
    name: 'notify',
    description: 'Test',
    memoryMb: 128,
    timeout: Duration.seconds(1),
    schema: notifyEnv,
    environment: {
      STAGE_NAME: 'dev',
      NOTIFY_SECRET_NAME: 'secret',
      NOTIFY_TARGETS: '{}',
      PAGERDUTY_EVENTS_URL: 'https://pager',
      RUNBOOK_URL: 'https://runbook',
    },
  });
  const topics = new TeamTopics(stack, 'AlarmTopics', { notify, teams: of });
  expect(topics.of('studio', 'page')).toBeDefined();
  expect(() => topics.of('gardeners', 'page')).toThrow(
    'There is no alarm topic for the team “gardeners”: add it to lib/teams.ts.',
  );
  return Template.fromStack(stack);
};

describe('the topics of teams', { timeout: patience }, () => {
  let built: Template;
  beforeAll(async () => {
    await onceBuilt(async () => {
      built = template({
        ...teams,
        studio: {
          ...teams.studio,
          notify: { page: { emails: ['studio@fanfare.example'] }, ticket: { emails: [] } },
        },
      });
    });
  }, patience);

  it('are two a team, whose names say for whom and how urgent', () => {
    built.resourceCountIs('AWS::SNS::Topic', 8);
    built.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'fanfare-dev-campaigns-page' });
    built.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'fanfare-dev-campaigns-ticket' });
  });

  it('send e-mail to the addresses that a team gives, and to notify what has a chat or a pager', () => {
    built.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'studio@fanfare.example',
    });
    const subscriptions = Object.values(built.findResources('AWS::SNS::Subscription'));
    expect(subscriptions.filter(({ Properties }) => Properties.Protocol === 'lambda')).toHaveLength(6);
  });
});

describe('a team', () => {
  it('that does not exist is told with those that do', () => {
    expect(() => teamCalled('gardeners')).toThrow(
      'There is no team “gardeners” in lib/teams.ts; there are campaigns, studio, delivery, platform.',
    );
    expect(teamCalled('studio')).toMatchObject({ name: 'studio', codeOwner: '@fanfare/studio' });
  });
});
