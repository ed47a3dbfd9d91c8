import type { EventProblem } from '../../../contracts/cdevent.ts';

/** Attributes of CloudEvents, and what they must say of the event. The time may be written otherwise; what counts is the moment. */
const attributes = [
  ['id', ['context', 'id']],
  ['source', ['context', 'source']],
  ['type', ['context', 'type']],
  ['subject', ['subject', 'id']],
  ['time', ['context', 'timestamp']],
] as const;

const required: ReadonlySet<string> = new Set(['id', 'source', 'type']);

/**
 * What the attributes of a CloudEvent lack, and where they disagree with the CDEvent in it.
 *
 * @param read an attribute, as it was sent; undefined when it was not
 * @param called what a sender calls it
 */
export function problemsOfAttributes(
  event: unknown,
  read: (name: string) => unknown,
  called: (name: string) => string,
): EventProblem[] {
  const version = read('specversion');
  const ofVersion =
    version === '1.0'
      ? []
      : [{ pointer: '/specversion', detail: `the ${called('specversion')} must be 1.0` }];
  return [
    ...ofVersion,
    ...attributes.flatMap(([name, path]) => {
      const said = read(name);
      const own = at(event, path);
      if (said === undefined) {
        return required.has(name) ? [{ pointer: `/${name}`, detail: `the ${called(name)} is missing` }] : [];
      }
      return said === own || (name === 'time' && isSameTime(said, own))
        ? []
        : [
            {
              pointer: `/${path.join('/')}`,
              detail: `the ${called(name)} says ${JSON.stringify(said)}, the event ${JSON.stringify(own) ?? 'nothing'}`,
            },
          ];
    }),
  ];
}

const isSameTime = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && Date.parse(one) === Date.parse(other);

const at = (value: unknown, [first, second]: readonly [string, string]): unknown => {
  const inner = isObject(value) ? value[first] : undefined;
  return isObject(inner) ? inner[second] : undefined;
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
