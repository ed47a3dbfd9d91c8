import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../lib/ownership/finding.ts';
import { NotOwned } from '../../../lib/ownership/not-owned.ts';
import { summarise } from '../../../lib/ownership/summarise.ts';

const finding = (construct: string, rule: string = 'queue-without-dead-letters'): Finding => ({
  rule,
  construct,
  problem: `${construct} is wrong.`,
  mend: `Mend ${construct}.`,
});

describe('a summary of findings', () => {
  it('tells each, when they are few of each rule', () => {
    const few = ['1', '2', '3', '4', '5', '6'].map((name) => finding(name));
    expect(summarise(few)).toEqual(few);
    const others = few.map(({ construct }) => finding(construct, 'unowned-function'));
    expect(summarise([...few, ...others])).toEqual([...few, ...others]);
  });

  it('names the rest, when they are many of one rule', () => {
    const many = ['1', '2', '3', '4', '5', '6', '7', '7'].map((name) => finding(name));
    expect(summarise(many)).toEqual([
      ...many.slice(0, 5),
      {
        rule: 'queue-without-dead-letters',
        construct: '…',
        problem: '3 more are refused for the same reason: 6, 7 (2).',
        mend: 'Mend the first, which are told above; the others mostly have the same cause.',
      },
    ]);
  });
});

describe('NotOwned', () => {
  it('says in its message what is wrong, where, and how to mend it', () => {
    expect(new NotOwned([finding('Films'), finding('Edits', 'unowned-function')]).message).toBe(
      [
        'FATAL Films is wrong. (Ownership)',
        '   Films',
        '   Suggested fix: Mend Films.',
        '   Rule Ownership::queue-without-dead-letters',
        '',
        'FATAL Edits is wrong. (Ownership)',
        '   Edits',
        '   Suggested fix: Mend Edits.',
        '   Rule Ownership::unowned-function',
      ].join('\n'),
    );
  });
});
