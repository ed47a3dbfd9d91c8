import { describe, expect, it } from 'vitest';
import { ownersOf, parseCodeOwners } from '../../../lib/ownership/code-owners.ts';

describe('a line of CODEOWNERS', () => {
  it.each([
    ['*', 'lib/stacks/studio.ts', true],
    ['*.ts', 'lib/stacks/studio.ts', true],
    ['*.ts', 'lib/stacks/studio.tsx', false],
    ['/functions/studio/', 'functions/studio/promise.ts', true],
    ['/functions/studio/', 'functions/studio/domain/cut.ts', true],
    ['/functions/studio/', 'functions/studio-2/promise.ts', false],
    ['/functions/studio', 'functions/studio/promise.ts', true],
    ['functions/studio/', 'other/functions/studio/promise.ts', false],
    ['studio/', 'functions/studio/promise.ts', true],
    ['/studio/', 'functions/studio/promise.ts', false],
    ['/functions/*', 'functions/promises.ts', true],
    ['/functions/*', 'functions/studio/promise.ts', false],
    ['/functions/*/promise.ts', 'functions/studio/promise.ts', true],
    ['/functions/**/cut.ts', 'functions/studio/domain/cut.ts', true],
    ['/lib/stacks/studio.ts', 'lib/stacks/studio.ts', true],
    ['/lib/stacks/studio.ts', 'lib/stacks/studioXts', false],
  ])('%s, about %s: %s', (pattern, file, asked) => {
    expect(ownersOf(file, parseCodeOwners(`${pattern} @one @other`))).toEqual(
      asked ? ['@one', '@other'] : [],
    );
  });

  it('decides when it is the last that matches, also when it names nobody', () => {
    const rules = parseCodeOwners('* @one # everybody\n\n/lib/ @other\n/lib/teams.ts');
    expect(ownersOf('README.md', rules)).toEqual(['@one']);
    expect(ownersOf('lib/config.ts', rules)).toEqual(['@other']);
    expect(ownersOf('lib/teams.ts', rules)).toEqual([]);
    expect(rules.map(({ line }) => line)).toEqual([1, 3, 4]);
  });
});
