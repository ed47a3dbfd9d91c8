import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { TeamTopics } from '../../lib/constructs/team-topics.ts';
import { services } from '../../lib/services.ts';
import { OwnedStack } from '../../lib/stacks/owned-stack.ts';
import { teamNames, teams } from '../../lib/teams.ts';
import { projectFolder } from '../../tools/project-folder.ts';

describe('CODEOWNERS', () => {
  it('names only teams that there are, and asks the owner of a service about its stack', async () => {
    const lines = (await readFile(path.join(projectFolder, 'CODEOWNERS'), 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/\s+/u));
    const owners = new Set(lines.map(([, owner]) => owner));
    expect([...owners].filter((owner) => teamNames.every((name) => teams[name].codeOwner !== owner))).toEqual(
      [],
    );
    for (const { name, team } of Object.values(services)) {
      const last = lines.findLast(([pattern]) => pattern === '*' || pattern === `/lib/stacks/${name}.ts`);
      expect({ name, owner: last?.[1] }).toEqual({ name, owner: teams[team].codeOwner });
    }
  });
});

describe('the topics of teams', () => {
  it('send e-mail to the addresses that a team gives', () => {
    const stack = new OwnedStack(new App(), services.foundation, 'dev', 'Test');
    const topics = new TeamTopics(stack, 'AlarmTopics', {
      ...teams,
      studio: { ...teams.studio, alarmEmails: ['studio@fanfare.example'] },
    });
    expect(topics.of('studio')).toBeDefined();
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'studio@fanfare.example',
    });
  });
});
