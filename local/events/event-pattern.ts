export type EventPattern = (event: unknown) => boolean;

type Matches = (value: unknown) => boolean;

/**
 * Reads a rule's event pattern. Throws on what the local stage does not know.
 * Source: EventBridge user guide, "Creating Amazon EventBridge event patterns".
 */
export function readEventPattern(pattern: unknown): EventPattern {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    throw new TypeError(`An event pattern is an object, not ${JSON.stringify(pattern)}.`);
  }
  const fields = Object.entries(pattern).map(([name, wanted]: [string, unknown]) => {
    if (name.startsWith('$')) {
      throw new Error(`The local stage does not know ${name} in event patterns.`);
    }
    return [name, Array.isArray(wanted) ? anyOf(wanted) : readEventPattern(wanted)] as const;
  });
  return (event) =>
    fields.every(([name, matches]) =>
      matches(typeof event === 'object' && event !== null ? Reflect.get(event, name) : undefined),
    );
}

/** A list in the event matches when one of its elements does. */
function anyOf(alternatives: readonly unknown[]): Matches {
  const matchers = alternatives.map(matcher);
  return (value) => matchers.some((matches) => (Array.isArray(value) ? value.some(matches) : matches(value)));
}

function matcher(wanted: unknown): Matches {
  if (typeof wanted !== 'object' || wanted === null) {
    return (value) => value === wanted;
  }
  const [[name, operand] = ['', undefined], ...others]: [string, unknown][] = Object.entries(wanted);
  if (others.length === 0) {
    if (name === 'exists' && typeof operand === 'boolean') {
      return (value) => (value !== undefined) === operand;
    }
    if (name === 'anything-but') {
      const refused = Array.isArray(operand) ? anyOf(operand) : matcher(operand);
      return (value) => value !== undefined && !refused(value);
    }
    const compare = textOperators.get(name);
    if (compare !== undefined && typeof operand === 'string') {
      return (value) => typeof value === 'string' && compare(value, operand);
    }
  }
  throw new Error(`The local stage does not know ${JSON.stringify(wanted)} in event patterns.`);
}

const textOperators = new Map<string, (value: string, operand: string) => boolean>([
  ['prefix', (value, operand) => value.startsWith(operand)],
  ['suffix', (value, operand) => value.endsWith(operand)],
  ['equals-ignore-case', (value, operand) => value.toLowerCase() === operand.toLowerCase()],
]);
