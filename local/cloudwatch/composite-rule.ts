import type { AlarmState } from './alarm-state.ts';

/** The rule of a composite alarm, read. */
export interface CompositeRule {
  /** As written: names or ARNs of alarms, each once. */
  readonly children: readonly string[];
  readonly evaluate: (stateOf: (child: string) => AlarmState) => boolean;
}

type Evaluate = CompositeRule['evaluate'];
const states = new Set<string>(['ALARM', 'OK', 'INSUFFICIENT_DATA']);
const isState = (text: string): text is AlarmState => states.has(text);

/** An alarm's name may hold nearly anything; without quotation marks it ends at a bracket or a space. */
const tokenPattern = /\s*(?:(?<quoted>"(?:[^"\\]|\\.)*")|(?<symbol>[()])|(?<word>[^\s()"]+))/uy;

interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
}

function tokenize(rule: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  const length = rule.trimEnd().length;
  while (pattern.lastIndex < length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(rule)?.groups;
    if (groups === undefined) {
      throw new Error(`“${rule.slice(at).trim()}” cannot be read`);
    }
    const { quoted, symbol, word } = groups;
    tokens.push(
      quoted === undefined
        ? { text: symbol ?? word ?? '', isQuoted: false }
        : { text: quoted.slice(1, -1).replaceAll(/\\(.)/gu, '$1'), isQuoted: true },
    );
  }
  return tokens;
}

/**
 * Reads an `AlarmRule`. Throws, in words, on what is none.
 * Source: CloudWatch API reference, `PutCompositeAlarm`.
 */
export function parseCompositeRule(rule: string): CompositeRule {
  const tokens = tokenize(rule);
  const children = new Set<string>();
  let at = 0;
  const peek = (): string | undefined => (tokens[at]?.isQuoted === true ? undefined : tokens[at]?.text);
  const expect = (text: string): void => {
    if (peek() !== text) {
      throw new Error(`“${text}” is missing before “${tokens[at]?.text ?? 'the end'}”`);
    }
    at += 1;
  };
  const either = (): Evaluate => {
    let left = both();
    while (peek() === 'OR') {
      at += 1;
      const [first, second] = [left, both()];
      left = (stateOf) => first(stateOf) || second(stateOf);
    }
    return left;
  };
  const both = (): Evaluate => {
    let left = one();
    while (peek() === 'AND') {
      at += 1;
      const [first, second] = [left, one()];
      left = (stateOf) => first(stateOf) && second(stateOf);
    }
    return left;
  };
  const one = (): Evaluate => {
    const word = peek();
    at += 1;
    if (word === 'NOT') {
      const of = one();
      return (stateOf) => !of(stateOf);
    }
    if (word === 'TRUE' || word === 'FALSE') {
      return () => word === 'TRUE';
    }
    if (word === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (word !== undefined && isState(word)) {
      expect('(');
      const child = tokens[at];
      if (child === undefined || (!child.isQuoted && /^[()]$/u.test(child.text))) {
        throw new Error(`${word} names no alarm`);
      }
      at += 1;
      expect(')');
      children.add(child.text);
      return (stateOf) => stateOf(child.text) === word;
    }
    throw new Error(`“${tokens[at - 1]?.text ?? 'the end'}” is not expected there`);
  };
  const evaluate = either();
  if (at < tokens.length) {
    throw new Error(`“${tokens[at]?.text}” is not expected there`);
  }
  return { children: [...children], evaluate };
}
