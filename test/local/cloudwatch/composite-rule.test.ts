import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCompositeRule } from '../../../local/cloudwatch/composite-rule.ts';
import type { AlarmState } from '../../../local/cloudwatch/alarm-state.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:000000000000:alarm:personalise/RenderErrors';
const states: Readonly<Record<string, AlarmState>> = {
  a: 'ALARM',
  b: 'OK',
  c: 'INSUFFICIENT_DATA',
  'with space': 'ALARM',
  [arn]: 'ALARM',
};
const holds = (rule: string): boolean =>
  parseCompositeRule(rule).evaluate((child) => states[child] ?? 'INSUFFICIENT_DATA');

describe('the rule of a composite alarm', () => {
  it.each([
    ['ALARM(a)', true],
    ['ALARM("a")', true],
    ['ALARM(b)', false],
    ['OK(b)', true],
    ['INSUFFICIENT_DATA(c)', true],
    ['ALARM("with space")', true],
    [`ALARM("${arn}")`, true],
    [`ALARM(${arn})`, true],
    ['NOT ALARM(a)', false],
    ['NOT NOT ALARM(a)', true],
    ['TRUE', true],
    ['FALSE OR ALARM(a)', true],
    ['ALARM(a) AND ALARM(b)', false],
    ['ALARM(a) AND NOT ALARM(b)', true],
    ['ALARM(b) AND ALARM(b) OR ALARM(a)', true],
    ['ALARM(b) AND (ALARM(b) OR ALARM(a))', false],
    ['ALARM(a) OR ALARM(a) AND ALARM(b)', true],
    ['NOT (ALARM(b) OR ALARM(c)) AND ALARM(a)', true],
    ['  ALARM( a )\n OR\tALARM(b) ', true],
  ])('%s is %s', (rule, expected) => {
    expect(holds(rule)).toBe(expected);
  });

  it('tells whom it names, each once', () => {
    expect(parseCompositeRule('ALARM("a") OR ALARM(b) AND NOT OK(a)').children).toEqual(['a', 'b']);
  });

  it.each([
    ['', '“the end” is not expected there'],
    ['ALARM', '“(” is missing before “the end”'],
    ['ALARM()', 'ALARM names no alarm'],
    ['ALARM(a', '“)” is missing before “the end”'],
    ['ALARM(a) ALARM(b)', '“ALARM” is not expected there'],
    ['ALARM(a) AND', '“the end” is not expected there'],
    ['(ALARM(a)', '“)” is missing before “the end”'],
    ['BROKEN(a)', '“BROKEN” is not expected there'],
    ['alarm(a)', '“alarm” is not expected there'],
    ['"ALARM"(a)', '“ALARM” is not expected there'],
    ['ALARM("a)', 'cannot be read'],
  ])('is refused in words: %j', (rule, words) => {
    expect(() => parseCompositeRule(rule)).toThrow(words);
  });

  it('says the same in brackets and without, however it is put together', () => {
    const leaf = fc.constantFrom('ALARM(a)', 'OK("b")', 'ALARM(c)', 'TRUE', 'FALSE');
    const { rule } = fc.letrec<{ rule: { text: string; value: boolean } }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 4 },
        leaf.map((text) => ({ text, value: holds(text) })),
        tie('rule').map(({ text, value }) => ({ text: `NOT (${text})`, value: !value })),
        fc.tuple(tie('rule'), tie('rule')).map(([left, right]) => ({
          text: `(${left.text}) AND (${right.text})`,
          value: left.value && right.value,
        })),
        fc.tuple(tie('rule'), tie('rule')).map(([left, right]) => ({
          text: `(${left.text}) OR (${right.text})`,
          value: left.value || right.value,
        })),
      ),
    }));
    fc.assert(
      fc.property(rule, ({ text, value }) => {
        expect(holds(text)).toBe(value);
      }),
    );
  });
});
