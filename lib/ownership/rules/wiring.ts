import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { at, type Resource } from '../assembly.ts';
import { documentOf, type Finding, stackFileOf } from '../finding.ts';
import { referencesIn, textsIn } from '../references.ts';
import type { Synthesized } from '../synthesized.ts';

/** The promise that stands behind every alarm’s action: what an alarm tells a topic of another service is wired to it, and to nothing else of that service. */
const alarmsReachPeople = 'alarms-reach-people';

/** How one service’s stack points into another’s. */
interface Wire {
  readonly from: PromiseDocument;
  readonly to: PromiseDocument;
  /** By an alarm’s action, or by anything else. */
  readonly by: 'alarm' | 'use';
  readonly resource: Resource;
  /** What it points at. */
  readonly target: string;
}

/** What the templates show of one service using another is in its document, and what the document says is in the templates. */
export function checkWiring(synthesized: Synthesized): Finding[] {
  const wires = Map.groupBy(wiresIn(synthesized), ({ from, to, by }) => keyOf(from.service, to.service, by));
  const declared = new Set(
    synthesized.documents.flatMap((document) =>
      promisesDependedOn(document).map(({ service, promise }) =>
        keyOf(document.service, service, wayOf(promise)),
      ),
    ),
  );
  const undeclared = [...wires].flatMap(([key, found]) =>
    declared.has(key) || found[0] === undefined ? [] : [undeclaredDependency(found[0], found.length)],
  );
  const unseen = synthesized.documents.flatMap((document) =>
    promisesDependedOn(document)
      .filter(({ service, promise }) => !wires.has(keyOf(document.service, service, wayOf(promise))))
      .map(({ service, promise }): Finding => {
        const stack = synthesized.stackOf(document);
        return {
          rule: 'dependency-without-wiring',
          construct: documentOf(document.service),
          problem: `${document.service} says that it depends on ${service}/${promise}, and ${wayOf(promise) === 'alarm' ? `no alarm of ${stack} tells a topic of ${service}` : `nothing in ${stack} points into the stack of ${service}`}.`,
          mend: `Take the dependency out of dependsOn in ${documentOf(document.service)}, or use ${service} in ${stackFileOf(document.service)}.`,
        };
      }),
  );
  return [...undeclared, ...unseen];
}

function undeclaredDependency({ from, to, by, resource, target }: Wire, times: number): Finding {
  const offered = to.promises.map(({ id }) => id).filter((id) => wayOf(id) === by);
  const promises =
    offered.length === 0
      ? `${to.service} makes no such promise yet`
      : `${to.service} promises ${offered.join(', ')}`;
  const more = times > 1 ? `, and ${times === 2 ? 'one more place' : `${times - 1} more places`} do` : '';
  return {
    rule: 'undeclared-dependency',
    construct: resource.path,
    problem: `${from.service} uses ${to.service} and does not say so: ${resource.path} points at ${target}${more}.`,
    mend: `Add it to dependsOn in ${documentOf(from.service)} (${promises}), with what happens when it is broken and what steps in; or take the reference out of ${stackFileOf(from.service)}.`,
  };
}

const promisesDependedOn = ({ dependsOn }: PromiseDocument): { service: string; promise: string }[] =>
  dependsOn.flatMap(({ on }) => ('provider' in on ? [] : [on]));

const wayOf = (promise: string): Wire['by'] => (promise === alarmsReachPeople ? 'alarm' : 'use');

const keyOf = (from: string, to: string, by: Wire['by']): string => `${from} ${to} ${by}`;

function wiresIn(synthesized: Synthesized): Wire[] {
  const named = namedStack(synthesized);
  return synthesized.assembly.resources.flatMap((resource): Wire[] => {
    const from = synthesized.ownerOf(resource);
    if (from === undefined || watches.has(resource.type)) {
      return [];
    }
    const isAlarm = alarmTypes.has(resource.type);
    const wires: Wire[] = [];
    const add = (stack: string, target: string): void => {
      const to = synthesized.ownerOf({ stack });
      if (to !== undefined && to !== from) {
        wires.push({ from, to, by: isAlarm ? 'alarm' : 'use', resource, target });
      }
    };
    // What an alarm measures of others it does not need from them.
    const looked = isAlarm ? actionsOf(resource) : resource.properties;
    for (const reference of referencesIn(looked)) {
      const stack = synthesized.assembly.stackBehind(resource.stack, reference);
      if (stack !== undefined) {
        for (const target of synthesized.assembly.follow(resource.stack, reference)) {
          add(target.stack, target.path);
        }
      }
    }
    for (const text of textsIn(byNameIn(resource))) {
      for (const stack of named(text)) {
        add(stack, `“${text}”`);
      }
    }
    return wires;
  });
}

const alarmTypes: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
]);
/** They show others, and do without them. */
const watches: ReadonlySet<string> = new Set(['AWS::CloudWatch::Dashboard']);

const actionsOf = ({ properties }: Resource): unknown => [
  properties['AlarmActions'],
  properties['OKActions'],
  properties['InsufficientDataActions'],
];

/** Where a name, written out, is as good as a reference: in the environment of functions and in what roles may do. */
function byNameIn({ type, properties }: Resource): unknown {
  switch (type) {
    case 'AWS::Lambda::Function':
      return at(properties, 'Environment');
    case 'AWS::IAM::Policy':
    case 'AWS::IAM::ManagedPolicy':
      return at(properties, 'PolicyDocument');
    case 'AWS::IAM::Role':
      return at(properties, 'Policies');
    default:
      return undefined;
  }
}

/** Finds the stacks of services whose resources a text names: `fanfare-dev-studio-render`, `/fanfare/dev/studio/render`. */
function namedStack({ stage, documents }: Synthesized): (text: string) => string[] {
  const stacks = new Map(documents.map(({ service }) => [service, `fanfare-${stage}-${service}`]));
  const names = new RegExp(`fanfare(?:-${stage}-|/${stage}/)([a-z0-9-]+)`, 'gu');
  return (text) =>
    [...text.matchAll(names)].flatMap(([, rest = '']) => {
      // A service’s name may have hyphens: the longest that fits is meant.
      const words = rest.split('-');
      const service = words
        .map((_, index) => words.slice(0, words.length - index).join('-'))
        .find((name) => stacks.has(name));
      return stacks.get(service ?? '') ?? [];
    });
}
