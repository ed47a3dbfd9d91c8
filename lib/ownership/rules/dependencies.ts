import type { Dependency, PromiseDocument } from '../../../functions/contracts/promise.ts';
import { edgesOf, findCycles, leavesOf, promiseId } from '../../promises/graph.ts';
import { documentOf, type Finding } from '../finding.ts';

type Documents = readonly PromiseDocument[];

/**
 * Everybody depends on promises that are made, not on each other in circles, and knows what it stands on alone.
 * @param unread services whose documents have findings already: what they promise is not known
 */
export const checkDependencies = (documents: Documents, unread: ReadonlySet<string>): Finding[] => [
  ...checkMade(documents, unread),
  ...checkRepeated(documents),
  ...checkCircles(documents),
  ...checkLeaves(documents),
  ...documents.flatMap(checkContradictions),
];

function checkMade(documents: Documents, unread: ReadonlySet<string>): Finding[] {
  const services = new Map(documents.map((document) => [document.service, document]));
  const made = new Set(
    documents.flatMap(({ service, promises }) => promises.map(({ id }) => promiseId(service, id))),
  );
  return documents.flatMap(({ service, dependsOn }) =>
    dependsOn.flatMap(({ on }): Finding[] => {
      if ('provider' in on || unread.has(on.service) || made.has(promiseId(on.service, on.promise))) {
        return [];
      }
      const offered = services.get(on.service)?.promises.map(({ id }) => id);
      return [
        {
          rule: 'unknown-promise',
          construct: documentOf(service),
          problem: `${service} depends on ${promiseId(on.service, on.promise)}, which nobody promises: ${
            offered === undefined
              ? `there is no service “${on.service}” among ${[...services.keys()].join(', ')}`
              : `${on.service} promises ${offered.join(', ') || 'nothing'}`
          }.`,
          mend: `Depend on a promise that is made, in ${documentOf(service)}, or have it made in ${documentOf(on.service)}.`,
        },
      ];
    }),
  );
}

function checkRepeated(documents: Documents): Finding[] {
  const same = Map.groupBy(edgesOf(documents), ({ from, to }) => `${from} ${to.kind} ${to.id}`);
  return [...same.values()].flatMap(([edge, ...others]): Finding[] =>
    edge === undefined || others.length === 0
      ? []
      : [
          {
            rule: 'dependency-declared-twice',
            construct: documentOf(edge.from),
            problem: `${edge.from} says more than once how it depends on ${edge.to.id}: one of them would be overlooked.`,
            mend: `Make one dependency of them in dependsOn of ${documentOf(edge.from)}.`,
          },
        ],
  );
}

function checkCircles(documents: Documents): Finding[] {
  return findCycles(documents).map((circle): Finding => {
    const [first = ''] = circle;
    const services = circle.map((promise) => promise.slice(0, promise.indexOf('/')));
    return {
      rule: 'dependency-cycle',
      construct: documentOf(services[0] ?? ''),
      problem: `${circle.length === 1 ? 'A service depends on itself' : 'Services depend on each other in a circle'}: ${[...circle, first].join(' → ')}. When one of them fails, none can come back first.`,
      mend: `Take one dependency of the circle out of dependsOn in ${[...new Set(services)].map(documentOf).join(' or ')}.`,
    };
  });
}

function checkLeaves(documents: Documents): Finding[] {
  return leavesOf(documents).flatMap(({ leaf, dependents, falls }) =>
    dependents
      .filter(({ acknowledged }) => !acknowledged)
      .map(({ service }): Finding => ({
        rule: 'single-point-of-failure',
        construct: documentOf(service),
        problem: `${service} stands on ${leaf} alone and does not say why: ${falls.length === 1 ? 'one service falls' : `${falls.length} services fall`} with it (${falls.join(', ')}).`,
        mend: `Name what steps in, in alternatives of that dependency in ${documentOf(service)}, or write in singlePointOfFailure why it is right to have nothing.`,
      })),
  );
}

function checkContradictions({ service, dependsOn }: PromiseDocument): Finding[] {
  return dependsOn
    .filter(
      (dependency) => dependency.alternatives.length > 0 && dependency.singlePointOfFailure !== undefined,
    )
    .map((dependency) => ({
      rule: 'single-point-with-alternatives',
      construct: documentOf(service),
      problem: `${service} says that ${nameOf(dependency)} is a single point of failure, and names alternatives to it.`,
      mend: `Keep the alternatives or singlePointOfFailure of that dependency in ${documentOf(service)}, whichever is true.`,
    }));
}

const nameOf = ({ on }: Dependency): string =>
  'provider' in on ? on.provider : promiseId(on.service, on.promise);
