import { isDeepStrictEqual } from 'node:util';
import type { Dependency, PromiseDocument } from '../../functions/contracts/promise.ts';
import { historyProblems } from './history-problems.ts';
import { type Change, promiseChanges } from './promise-changes.ts';
import { compareVersions, higherLevel, isEnough, type Level, nextVersion, raisedLevel } from './version.ts';

/** What is released of a document: all of it that others rely on. What its own team looks at when an alarm comes is none of that. */
export type Release = Omit<PromiseDocument, 'checklist'>;

export interface Comparison {
  readonly changes: readonly Change[];
  /** Sentences: why the document may not take the release's place, and how it may. Empty when it may. */
  readonly refusals: readonly string[];
}

/** What changed since a release, and whether the document's version and its list of changes own up to it. */
export function compareWithRelease(released: Release, current: Release): Comparison {
  const changes = changesBetween(released, current);
  return {
    changes,
    refusals: [
      ...historyProblems(current),
      ...lostHistory(released, current),
      ...versionRefusals(released, current, changes),
    ],
  };
}

function changesBetween(released: Release, current: Release): Change[] {
  const renamed: Change[] =
    released.service === current.service
      ? []
      : [{ needs: 'major', what: `the service ${released.service} was renamed to ${current.service}` }];
  const texts = (['product', 'team', 'description'] as const)
    .filter((field) => released[field] !== current[field])
    .map((field): Change => ({
      needs: 'patch',
      what: `the ${field} was changed from “${released[field]}” to “${current[field]}”`,
    }));
  const changes = [
    ...renamed,
    ...promisesChanges(released.promises, current.promises),
    ...expectationChanges(released.expects, current.expects),
    ...dependencyChanges(released.dependsOn, current.dependsOn),
    ...texts,
    ...historyChanges(released, current),
  ];
  return changes.length > 0 || isDeepStrictEqual(contentOf(released), contentOf(current))
    ? changes
    : [{ needs: 'patch', what: 'the document was changed' }];
}

/** All that people agreed on, without its version; what is undefined is not there. */
function contentOf(release: Release): unknown {
  return JSON.parse(JSON.stringify({ ...release, version: '', changes: [], checklist: [] }));
}

function promisesChanges(before: Release['promises'], after: Release['promises']): Change[] {
  const [old, now] = [byId(before), byId(after)];
  return [
    ...before.flatMap((promise): Change[] => {
      const next = now.get(promise.id);
      return next === undefined
        ? [{ needs: 'major', what: `the promise ${promise.id}, “${promise.statement}”, was withdrawn` }]
        : promiseChanges(promise, next);
    }),
    ...after
      .filter(({ id }) => !old.has(id))
      .map(({ id }): Change => ({ needs: 'minor', what: `the promise ${id} was added` })),
    ...reordered('promises', before, after, ({ id }) => id),
  ];
}

/** To ask more of consumers is to promise less. */
function expectationChanges(before: Release['expects'], after: Release['expects']): Change[] {
  const key = ({ of, what }: Release['expects'][number]): string => `of ${of}: “${what}”`;
  const [asked, asks] = [
    new Map(before.map((row) => [key(row), row])),
    new Map(after.map((row) => [key(row), row])),
  ];
  return [
    ...[...asks.keys()]
      .filter((row) => !asked.has(row))
      .map((row): Change => ({ needs: 'major', what: `something more is expected ${row}` })),
    ...[...asked.keys()]
      .filter((row) => !asks.has(row))
      .map((row): Change => ({ needs: 'minor', what: `this is expected no more ${row}` })),
    ...[...asked]
      .filter(([row, { otherwise }]) => asks.has(row) && asks.get(row)?.otherwise !== otherwise)
      .map(([row]): Change => ({
        needs: 'patch',
        what: `what happens otherwise was worded anew for what is expected ${row}`,
      })),
    ...reordered('expectations', before, after, key),
  ];
}

function dependencyChanges(before: readonly Dependency[], after: readonly Dependency[]): Change[] {
  const [old, now] = [Map.groupBy(before, nameOf), Map.groupBy(after, nameOf)];
  return [
    ...[...now.keys()]
      .filter((name) => !old.has(name))
      .map((name): Change => ({ needs: 'minor', what: `it depends on ${name} too` })),
    ...[...old].flatMap(([name, rows]): Change[] => {
      const next = now.get(name);
      if (next === undefined) {
        return [{ needs: 'minor', what: `it does not depend on ${name} any more` }];
      }
      if (!isDeepStrictEqual(rows.map(kindsOf), next.map(kindsOf))) {
        return [{ needs: 'minor', what: `its alternatives to ${name} were changed` }];
      }
      return isDeepStrictEqual(rows.map(wordsOf), next.map(wordsOf))
        ? []
        : [{ needs: 'patch', what: `its dependency on ${name} was worded anew` }];
    }),
    ...reordered('dependencies', before, after, nameOf),
  ];
}

/** A list of changes that is longer because of a new version is none. */
function historyChanges(released: Release, current: Release): Change[] {
  const kept = current.changes.filter(({ version }) => compareVersions(version, released.version) <= 0);
  return isDeepStrictEqual(kept, released.changes)
    ? []
    : [{ needs: 'patch', what: 'what the list of changes says of released versions was worded anew' }];
}

function reordered<Row>(
  name: string,
  before: readonly Row[],
  after: readonly Row[],
  key: (row: Row) => string,
): Change[] {
  const [keys, keysAfter] = [before.map(key), after.map(key)];
  const same = isDeepStrictEqual(keys.toSorted(inOrder), keysAfter.toSorted(inOrder));
  return same && !isDeepStrictEqual(keys, keysAfter)
    ? [{ needs: 'patch', what: `the ${name} were put in another order` }]
    : [];
}

function lostHistory({ service, changes }: Release, current: Release): string[] {
  return changes
    .filter(
      ({ version, date }) =>
        !current.changes.some((entry) => entry.version === version && entry.date === date),
    )
    .map(
      ({ version, date }) =>
        `${service}: version ${version} was released with the date ${date}, and the list of changes does not say so any more. Put it back; only new versions are added.`,
    );
}

function versionRefusals(released: Release, current: Release, changes: readonly Change[]): string[] {
  const { service, version } = released;
  if (compareVersions(current.version, version) < 0) {
    return [
      `${service}: version ${version} is released, and the document went back to ${current.version}. Give it a version that is newer than ${version}.`,
    ];
  }
  const raised = raisedLevel(version, current.version);
  const refused = changes.filter(({ needs }) => !isEnough(raised, needs));
  if (refused.length === 0) {
    return [];
  }
  const next = nextVersion(
    version,
    refused.map(({ needs }) => needs).reduce((one, other) => higherLevel(one, other)),
  );
  return refused.map(
    ({ needs, what }) =>
      `${service}: ${what}, since version ${version} was released. ${reasons[needs]} Take it back, or release it openly: write version: '${next}', begin the list of changes with ${next}, its date and what changed, and run npm run promises -- release.`,
  );
}

const reasons = {
  major: 'That is a weakening, and consumers rely on what was released: it needs a new major version.',
  minor: 'What is promised anew or better, or stands on something else, needs at least a new minor version.',
  patch: 'Words are released too: they need at least a new patch version.',
} as const satisfies Record<Level, string>;

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function nameOf({ on }: Dependency): string {
  return 'provider' in on ? on.provider : `${on.service}/${on.promise}`;
}

function kindsOf({ alternatives }: Dependency): string[] {
  return alternatives.map(({ kind }) => kind);
}

function wordsOf({ whenBroken, alternatives, singlePointOfFailure }: Dependency): unknown[] {
  return [whenBroken, alternatives, singlePointOfFailure ?? null];
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
