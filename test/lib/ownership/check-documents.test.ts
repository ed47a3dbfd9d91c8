import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../functions/promises.ts';
import { checkDocuments } from '../../../lib/ownership/check-documents.ts';
import type { Finding } from '../../../lib/ownership/finding.ts';
import { teams } from '../../../lib/teams.ts';
import { projectFolder } from '../../../tools/project-folder.ts';
import { aDocument, aPromise, dependencyOn } from './documents.ts';

const owningTeams = {
  platform: { codeOwner: '@fanfare/platform' },
  studio: { codeOwner: '@fanfare/studio' },
};
const check = (...documents: unknown[]): Finding[] =>
  checkDocuments({ documents, teams: owningTeams, codeOwners: '* @fanfare/platform' });

const questions = aDocument({ service: 'questions', promises: [aPromise({ id: 'asked' })] });

describe('promise documents', () => {
  it('of this project are as agreed, and so is CODEOWNERS', () => {
    const codeOwners = readFileSync(path.join(projectFolder, 'CODEOWNERS'), 'utf8');
    expect(checkDocuments({ documents: promiseDocuments, teams, codeOwners })).toEqual([]);
  });

  it('that agree with each other pass', () => {
    expect(check(aDocument({ dependsOn: [dependencyOn('questions/asked')] }), questions)).toEqual([]);
  });
});

describe('a document is refused', () => {
  it('without a team, and nothing else is said of it', () => {
    const { team: _, ...ownerless } = aDocument();
    expect(check(ownerless)).toEqual([
      {
        rule: 'service-without-team',
        construct: 'functions/answers/promise.ts',
        problem: 'answers has no team: nobody answers for it.',
        mend: 'Set team in functions/answers/promise.ts to the name of one in lib/teams.ts.',
      },
    ]);
    expect(check({ ...ownerless, team: '' }).map(({ rule }) => rule)).toEqual(['service-without-team']);
  });

  it('with a team that there is not, and those that there are', () => {
    expect(check(aDocument({ team: 'heroes' }))).toEqual([
      {
        rule: 'unknown-team',
        construct: 'functions/answers/promise.ts',
        problem: 'answers is owned by “heroes”, which is no team; there are platform, studio.',
        mend: 'Set team in functions/answers/promise.ts to one of them, or add “heroes” to lib/teams.ts.',
      },
    ]);
  });

  it('that is not as the schema says, with the place and the promise', () => {
    expect(check(aDocument({ promises: [aPromise({ statement: 'Soon' })] }))).toEqual([
      {
        rule: 'document-not-as-agreed',
        construct: 'functions/answers/promise.ts',
        problem:
          'promises[0].statement of answers (answers) is not as functions/contracts/promise.ts says: write a whole sentence.',
        mend: 'Correct promises[0].statement in functions/answers/promise.ts.',
      },
    ]);
  });

  it('that does not even say which service it is, by its number', () => {
    expect(check(questions, {})).toContainEqual({
      rule: 'document-not-as-agreed',
      construct: 'functions/promises.ts',
      problem: expect.stringContaining('service of Document 2 of functions/promises.ts'),
      mend: 'Correct service in functions/promises.ts.',
    });
  });

  it('for a service that another one is already', () => {
    expect(check(aDocument(), aDocument())).toContainEqual({
      rule: 'service-declared-twice',
      construct: 'functions/promises.ts',
      problem: expect.stringContaining('the service “answers”'),
      mend: 'Rename one of them in its promise.ts, or take it out of functions/promises.ts.',
    });
  });

  it('when it makes a promise twice', () => {
    expect(check(aDocument({ promises: [aPromise(), aPromise()] }))).toEqual([
      {
        rule: 'promise-made-twice',
        construct: 'functions/answers/promise.ts',
        problem: expect.stringContaining('answers makes the promise “answers” more than once'),
        mend: 'Give one of them another id in functions/answers/promise.ts.',
      },
    ]);
  });

  it('at a version that its changes do not begin with', () => {
    expect(check(aDocument({ version: '2.0.0' }))).toEqual([
      {
        rule: 'version-without-change',
        construct: 'functions/answers/promise.ts',
        problem: 'answers is at version 2.0.0, and its newest change is 1.0.0.',
        mend: 'Begin changes in functions/answers/promise.ts with version 2.0.0, its date and what changed, or correct version.',
      },
    ]);
  });

  it.each([
    ['an older version first', '1.9.0', '1.10.0', '2026-02-01', '2026-01-01'],
    ['an older date first', '2.0.0', '1.0.0', '2026-01-01', '2026-02-01'],
    ['one version twice', '1.0.0', '1.0.0', '2026-01-01', '2026-01-01'],
  ])('whose changes have %s', (_, version, before, date, dateBefore) => {
    const changes = [
      { version, date, what: 'Something changed.' },
      { version: before, date: dateBefore, what: 'The first promises.' },
    ];
    expect(check(aDocument({ version, changes }))).toEqual([
      {
        rule: 'changes-out-of-order',
        construct: 'functions/answers/promise.ts',
        problem: `The changes of answers are not in order, newest first: ${version} of ${date} stands before ${before} of ${dateBefore}.`,
        mend: 'Put changes in functions/answers/promise.ts in the order of their versions and dates, each version once.',
      },
    ]);
  });

  it('when a ratio is to be at most something', () => {
    expect(check(aDocument({ promises: [aPromise({ objective: { atMost: 3 } })] }))).toEqual([
      {
        rule: 'objective-of-another-kind',
        construct: 'functions/answers/promise.ts',
        problem: 'answers/answers measures a ratio, and its objective says atMost: it could never be judged.',
        mend: 'Write the objective of answers with atLeast in functions/answers/promise.ts, or measure it as a bound.',
      },
    ]);
  });

  it('when a formula computes with a metric that is not there, or leaves one out', () => {
    const { measure } = aPromise();
    const misspelt = { ...measure, kind: 'ratio', good: 'asked - faild', total: 'asked' } as const;
    const found = check(aDocument({ promises: [aPromise({ measure: misspelt })] }));
    expect(found).toEqual([
      {
        rule: 'formula-of-no-metric',
        construct: 'functions/answers/promise.ts',
        problem: 'The measure of answers/answers computes with “faild”, and has only asked, failed.',
        mend: 'Add “faild” to the metrics of answers in functions/answers/promise.ts, or correct the formula.',
      },
      {
        rule: 'metric-in-no-formula',
        construct: 'functions/answers/promise.ts',
        problem: 'The measure of answers/answers has the metric “failed”, and no formula uses it.',
        mend: 'Use “failed” in a formula of answers in functions/answers/promise.ts, or take it out.',
      },
    ]);
  });
});

describe('a dependency is refused', () => {
  const depending = (...targets: Parameters<typeof dependencyOn>[]): ReturnType<typeof aDocument> =>
    aDocument({ dependsOn: targets.map((target) => dependencyOn(...target)) });

  it('on a promise that its service does not make, with those that it makes', () => {
    expect(check(depending(['questions/heard']), questions)).toEqual([
      {
        rule: 'unknown-promise',
        construct: 'functions/answers/promise.ts',
        problem: 'answers depends on questions/heard, which nobody promises: questions promises asked.',
        mend: 'Depend on a promise that is made, in functions/answers/promise.ts, or have it made in functions/questions/promise.ts.',
      },
    ]);
  });

  it('on a service that there is not, with those that there are', () => {
    expect(check(depending(['riddles/told']), questions)).toEqual([
      expect.objectContaining({
        rule: 'unknown-promise',
        problem:
          'answers depends on riddles/told, which nobody promises: there is no service “riddles” among answers, questions.',
      }),
    ]);
  });

  it('not for what a service promises whose document has a finding already', () => {
    const { team: _, ...ownerless } = questions;
    expect(check(depending(['questions/asked']), ownerless).map(({ rule }) => rule)).toEqual([
      'service-without-team',
    ]);
  });

  it('when it is declared twice', () => {
    expect(check(depending(['questions/asked'], ['questions/asked']), questions)).toEqual([
      {
        rule: 'dependency-declared-twice',
        construct: 'functions/answers/promise.ts',
        problem:
          'answers says more than once how it depends on questions/asked: one of them would be overlooked.',
        mend: 'Make one dependency of them in dependsOn of functions/answers/promise.ts.',
      },
    ]);
  });

  it('in a circle, with the way round', () => {
    const circular = { ...questions, dependsOn: [dependencyOn('answers/answers')] };
    expect(check(depending(['questions/asked']), circular)).toEqual([
      {
        rule: 'dependency-cycle',
        construct: 'functions/answers/promise.ts',
        problem:
          'Services depend on each other in a circle: answers/answers → questions/asked → answers/answers. When one of them fails, none can come back first.',
        mend: 'Take one dependency of the circle out of dependsOn in functions/answers/promise.ts or functions/questions/promise.ts.',
      },
    ]);
  });

  it('on itself', () => {
    expect(check(depending(['answers/answers']))).toEqual([
      expect.objectContaining({
        rule: 'dependency-cycle',
        problem: expect.stringContaining('A service depends on itself: answers/answers → answers/answers'),
      }),
    ]);
  });

  it.each(['Amazon Oracle', 'questions/asked'])(
    'when nothing steps in for %s, without a reason, with who falls',
    (leaf) => {
      expect(check(depending([leaf, { alternatives: [] }]), questions)).toEqual([
        {
          rule: 'single-point-of-failure',
          construct: 'functions/answers/promise.ts',
          problem: `answers stands on ${leaf} alone and does not say why: one service falls with it (answers).`,
          mend: 'Name what steps in, in alternatives of that dependency in functions/answers/promise.ts, or write in singlePointOfFailure why it is right to have nothing.',
        },
      ]);
    },
  );

  it('not when nothing steps in, with a reason', () => {
    const reasoned = { alternatives: [], singlePointOfFailure: 'Nobody else knows the answers.' };
    expect(check(depending(['Amazon Oracle', reasoned]))).toEqual([]);
  });

  it('when it has both alternatives and a reason to have none', () => {
    const both = { singlePointOfFailure: 'Nobody else knows the answers.' };
    expect(check(depending(['Amazon Oracle', both]))).toEqual([
      {
        rule: 'single-point-with-alternatives',
        construct: 'functions/answers/promise.ts',
        problem:
          'answers says that Amazon Oracle is a single point of failure, and names alternatives to it.',
        mend: 'Keep the alternatives or singlePointOfFailure of that dependency in functions/answers/promise.ts, whichever is true.',
      },
    ]);
  });
});

describe('CODEOWNERS is refused', () => {
  const checkOwners = (codeOwners: string): Finding[] =>
    checkDocuments({ documents: [aDocument({ team: 'studio' })], teams: owningTeams, codeOwners });

  it('when it asks somebody else about a service’s functions or stack', () => {
    expect(checkOwners('* @fanfare/platform\n/functions/answers/ @fanfare/studio')).toEqual([
      {
        rule: 'code-owned-by-others',
        construct: 'CODEOWNERS',
        problem:
          'answers is owned by the team studio (@fanfare/studio), and CODEOWNERS asks @fanfare/platform about /lib/stacks/answers.ts.',
        mend: 'Add “/lib/stacks/answers.ts @fanfare/studio” to the end of CODEOWNERS, or change the team in functions/answers/promise.ts.',
      },
    ]);
    expect(checkOwners('').map(({ problem }) => problem)).toEqual([
      expect.stringContaining('asks nobody about /functions/answers/'),
      expect.stringContaining('asks nobody about /lib/stacks/answers.ts'),
    ]);
  });

  it('when it asks who is no team’s', () => {
    expect(checkOwners('* @fanfare/studio\n\n# Pages\n/console/ @fanfare/heroes')).toEqual([
      {
        rule: 'unknown-code-owner',
        construct: 'CODEOWNERS',
        problem: 'Line 4 of CODEOWNERS asks @fanfare/heroes for reviews, who is the codeOwner of no team.',
        mend: 'Write one of @fanfare/platform, @fanfare/studio in CODEOWNERS, or give @fanfare/heroes a team in lib/teams.ts.',
      },
    ]);
  });

  it('not when the owner is asked about both', () => {
    expect(
      checkOwners(
        '* @fanfare/platform\n/functions/answers/ @fanfare/studio\n/lib/stacks/answers.ts @fanfare/studio',
      ),
    ).toEqual([]);
  });
});
