import type { Dependency, PromiseDocument } from '../../functions/contracts/promise.ts';

/** What somebody depends on: a promise, `foundation/cache-answers`, or somebody outside, `Amazon S3`. */
export interface Target {
  readonly kind: 'promise' | 'provider';
  readonly id: string;
}

/** One dependency of one service. */
export interface Edge {
  /** The service that depends. */
  readonly from: string;
  readonly to: Target;
  readonly dependency: Dependency;
}

/** How one service stands on a leaf. */
export interface Dependent {
  readonly service: string;
  readonly hasAlternative: boolean;
  /** It has an alternative, or says why it is right to have none. */
  readonly acknowledged: boolean;
}

/** Where the chain of dependencies ends: a provider, or a promise that a service depends on without an alternative or whose own service depends on nothing. */
export interface Leaf {
  readonly leaf: string;
  readonly kind: Target['kind'];
  /** Who depends on it directly. */
  readonly dependents: readonly Dependent[];
  /** Every dependent has one. */
  readonly hasAlternative: boolean;
  /** Every dependent has an alternative, or says why it is right to have none. */
  readonly acknowledged: boolean;
  /** The services that fall when it fails, directly or because another one fell: those with no alternative to what failed. */
  readonly falls: readonly string[];
  /** The services that go on with less when it fails: those with an alternative to everything that failed. */
  readonly degrades: readonly string[];
}

type Documents = readonly PromiseDocument[];

export function promiseId(service: string, promise: string): string {
  return `${service}/${promise}`;
}

/** Every dependency of every service, in the documents' order. */
export function edgesOf(documents: Documents): Edge[] {
  return documents.flatMap(({ service, dependsOn }) =>
    dependsOn.map((dependency) => ({ from: service, to: targetOf(dependency), dependency })),
  );
}

/**
 * Circles of dependencies, each as the promises in it: the service of one depends on the next, the service of the last on the first. A document says what
 * its service depends on as a whole, so each of its promises counts as depending on all of that. Every dependency that is part of a circle is in at least
 * one of the answered, which are the shortest.
 */
export function findCycles(documents: Documents): string[][] {
  const edges = edgesOf(documents).filter(({ to }) => to.kind === 'promise');
  const edgesFrom = Map.groupBy(edges, ({ from }) => from);
  const cycles = new Map<string, string[]>();
  for (const edge of edges) {
    const way = shortestWay(serviceOf(edge.to.id), edge.from, edgesFrom);
    if (way !== undefined) {
      const cycle = fromTheFirst([edge.to.id, ...way]);
      cycles.set(cycle.join(' '), cycle);
    }
  }
  return [...cycles.values()];
}

/** What everything stands on in the end, the one whose failure takes most services down first. */
export function leavesOf(documents: Documents): Leaf[] {
  const edges = edgesOf(documents);
  const dependentsOf = Map.groupBy(edges, ({ to }) => keyOf(to));
  const promisesOf = new Map(
    documents.map(({ service, promises }) => [
      service,
      promises.map(({ id }): Target => ({ kind: 'promise', id: promiseId(service, id) })),
    ]),
  );
  const standing = new Set(edges.map(({ from }) => from));
  return [...dependentsOf.values()]
    .flatMap((dependents): Leaf[] => {
      const target = dependents[0]?.to;
      if (target === undefined) {
        return [];
      }
      const rows = [...Map.groupBy(dependents, ({ from }) => from)].map(asDependent);
      const hasAlternative = rows.every((row) => row.hasAlternative);
      const endsHere = target.kind === 'provider' || !standing.has(serviceOf(target.id));
      if (hasAlternative && !endsHere) {
        return [];
      }
      return [
        {
          leaf: target.id,
          kind: target.kind,
          dependents: rows,
          hasAlternative,
          acknowledged: rows.every(({ acknowledged }) => acknowledged),
          ...fallOut(target, dependentsOf, promisesOf),
        },
      ];
    })
    .toSorted(
      (one, other) =>
        other.falls.length - one.falls.length ||
        other.degrades.length - one.degrades.length ||
        (one.leaf < other.leaf ? -1 : 1),
    );
}

/** Who falls and who goes on with less when `failed` fails. */
function fallOut(
  failed: Target,
  dependentsOf: ReadonlyMap<string, readonly Edge[]>,
  promisesOf: ReadonlyMap<string, readonly Target[]>,
): Pick<Leaf, 'falls' | 'degrades'> {
  const falls = new Set<string>();
  const touched = new Set<string>();
  const pending = [failed];
  for (let target = pending.pop(); target !== undefined; target = pending.pop()) {
    for (const { from, dependency } of dependentsOf.get(keyOf(target)) ?? []) {
      touched.add(from);
      if (dependency.alternatives.length === 0 && !falls.has(from)) {
        falls.add(from);
        pending.push(...(promisesOf.get(from) ?? []));
      }
    }
  }
  return {
    falls: [...falls].toSorted(),
    degrades: [...touched].filter((service) => !falls.has(service)).toSorted(),
  };
}

/** The promises on a shortest way from one service to another, the last one of `to`; empty when they are the same; undefined when there is none. */
function shortestWay(
  from: string,
  to: string,
  edgesFrom: ReadonlyMap<string, readonly Edge[]>,
): string[] | undefined {
  const wayTo = new Map<string, string[]>([[from, []]]);
  for (const [service, way] of wayTo) {
    if (service === to) {
      return way;
    }
    for (const edge of edgesFrom.get(service) ?? []) {
      const next = serviceOf(edge.to.id);
      if (!wayTo.has(next)) {
        wayTo.set(next, [...way, edge.to.id]);
      }
    }
  }
  return undefined;
}

/** The same circle, begun at its first name. */
function fromTheFirst(cycle: readonly string[]): string[] {
  const start = cycle.indexOf(cycle.toSorted()[0] ?? '');
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}

function asDependent([service, edges]: readonly [string, readonly Edge[]]): Dependent {
  const bare = edges.filter(({ dependency }) => dependency.alternatives.length === 0);
  return {
    service,
    hasAlternative: bare.length === 0,
    acknowledged: bare.every(({ dependency }) => dependency.singlePointOfFailure !== undefined),
  };
}

function targetOf({ on }: Dependency): Target {
  return 'provider' in on
    ? { kind: 'provider', id: on.provider }
    : { kind: 'promise', id: promiseId(on.service, on.promise) };
}

function serviceOf(promise: string): string {
  return promise.slice(0, promise.indexOf('/'));
}

function keyOf({ kind, id }: Target): string {
  return `${kind} ${id}`;
}
