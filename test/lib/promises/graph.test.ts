import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { edgesOf, findCycles, type Leaf, leavesOf } from '../../../lib/promises/graph.ts';
import { bare, documentOf, helped, promiseOf, systems } from '../../tools/promises/documents.ts';

const leafOf = (documents: readonly PromiseDocument[], name: string): Leaf | undefined =>
  leavesOf(documents).find(({ leaf }) => leaf === name);

describe('the edges of the dependency graph', () => {
  it('lead from services to promises and providers', () => {
    const documents = [
      documentOf('shop', { dependsOn: [bare('cache/answers'), helped('Amazon S3')] }),
      documentOf('cache'),
    ];
    expect(edgesOf(documents).map(({ from, to }) => [from, to])).toEqual([
      ['shop', { kind: 'promise', id: 'cache/answers' }],
      ['shop', { kind: 'provider', id: 'Amazon S3' }],
    ]);
  });
});

describe('circles of dependencies', () => {
  it('are found with the promises that they go through', () => {
    const documents = [
      documentOf('one', { dependsOn: [bare('two/answers')] }),
      documentOf('two', { dependsOn: [helped('three/answers'), bare('Amazon S3')] }),
      documentOf('three', { dependsOn: [bare('one/answers')] }),
      documentOf('outside', { dependsOn: [bare('one/answers')] }),
    ];
    expect(findCycles(documents)).toEqual([['one/answers', 'two/answers', 'three/answers']]);
  });

  it('can be one service that depends on itself', () => {
    expect(findCycles([documentOf('one', { dependsOn: [bare('one/answers')] })])).toEqual([['one/answers']]);
  });

  it('are all found where they share a service', () => {
    const documents = [
      documentOf('hub', { dependsOn: [bare('left/answers'), bare('right/answers')] }),
      documentOf('left', { dependsOn: [bare('hub/answers')] }),
      documentOf('right', { dependsOn: [bare('hub/answers')] }),
    ];
    expect(findCycles(documents)).toEqual([
      ['hub/answers', 'left/answers'],
      ['hub/answers', 'right/answers'],
    ]);
  });

  it('are not seen where two services share what they depend on', () => {
    const documents = [
      documentOf('top', { dependsOn: [bare('left/answers'), bare('right/answers')] }),
      documentOf('left', { dependsOn: [bare('floor/answers')] }),
      documentOf('right', { dependsOn: [bare('floor/answers')] }),
      documentOf('floor'),
    ];
    expect(findCycles(documents)).toEqual([]);
  });

  it('are not seen in the dependency on a promise that nobody makes', () => {
    expect(findCycles([documentOf('one', { dependsOn: [bare('nobody/answers')] })])).toEqual([]);
  });

  it('are there as soon as a service depends on one that stands on it, and never before', () => {
    fc.assert(
      fc.property(systems, fc.nat(), (documents, pick) => {
        expect(findCycles(documents)).toEqual([]);
        const edges = edgesOf(documents).filter(({ to }) => to.kind === 'promise');
        const edge = edges[pick % edges.length];
        fc.pre(edge !== undefined);
        const [owner = ''] = edge.to.id.split('/');
        const promise = documents.find(({ service }) => service === edge.from)?.promises[0]?.id ?? '';
        const closed = documents.map((document) =>
          document.service === owner
            ? { ...document, dependsOn: [...document.dependsOn, bare(`${edge.from}/${promise}`)] }
            : document,
        );
        const cycles = findCycles(closed);
        expect(cycles.some((cycle) => cycle.includes(edge.to.id))).toBe(true);
        const stands = new Set(edgesOf(closed).map(({ from, to }) => `${from} on ${to.id}`));
        for (const cycle of cycles) {
          for (const [index, id] of cycle.entries()) {
            const next = cycle[(index + 1) % cycle.length] ?? '';
            expect(stands).toContain(`${id.split('/')[0]} on ${next}`);
          }
        }
      }),
    );
  });
});

describe('a leaf', () => {
  it('takes down who has no alternative, and who has none to those', () => {
    const documents = [
      documentOf('site', { dependsOn: [bare('shop/answers')] }),
      documentOf('shop', { dependsOn: [bare('Amazon S3')] }),
      documentOf('blog', { dependsOn: [helped('Amazon S3')] }),
      documentOf('feed', { dependsOn: [helped('shop/answers')] }),
      documentOf('other', { dependsOn: [bare('AWS Lambda')] }),
    ];
    expect(leafOf(documents, 'Amazon S3')).toEqual({
      leaf: 'Amazon S3',
      kind: 'provider',
      dependents: [
        { service: 'shop', hasAlternative: false, acknowledged: true },
        { service: 'blog', hasAlternative: true, acknowledged: true },
      ],
      hasAlternative: false,
      acknowledged: true,
      falls: ['shop', 'site'],
      degrades: ['blog', 'feed'],
    });
  });

  it('counts a service once that falls for one thing and could do without another', () => {
    const documents = [
      documentOf('shop', { dependsOn: [bare('Amazon S3')] }),
      documentOf('site', { dependsOn: [helped('Amazon S3'), bare('shop/answers')] }),
    ];
    expect(leafOf(documents, 'Amazon S3')).toMatchObject({ falls: ['shop', 'site'], degrades: [] });
  });

  it('is not acknowledged when one of those without an alternative does not say why', () => {
    const { singlePointOfFailure: _, ...silent } = bare('Amazon S3');
    const documents = [
      documentOf('shop', { dependsOn: [bare('Amazon S3')] }),
      documentOf('blog', { dependsOn: [silent] }),
    ];
    expect(leafOf(documents, 'Amazon S3')).toMatchObject({
      acknowledged: false,
      dependents: [
        { service: 'shop', acknowledged: true },
        { service: 'blog', acknowledged: false },
      ],
    });
  });

  it('has an alternative only when a service has one in each of its dependencies on it', () => {
    const documents = [documentOf('shop', { dependsOn: [helped('Amazon S3'), bare('Amazon S3')] })];
    expect(leafOf(documents, 'Amazon S3')).toMatchObject({
      dependents: [{ service: 'shop', hasAlternative: false }],
      hasAlternative: false,
      falls: ['shop'],
      degrades: [],
    });
  });

  it('is a promise too, where its service depends on nothing or where nobody steps in', () => {
    const documents = [
      documentOf('site', { dependsOn: [helped('shop/answers'), bare('shop/sells')] }),
      documentOf('shop', {
        promises: [promiseOf('answers'), promiseOf('sells')],
        dependsOn: [helped('floor/answers')],
      }),
      documentOf('floor'),
    ];
    expect(leavesOf(documents).map(({ leaf, falls, degrades }) => [leaf, falls, degrades])).toEqual([
      ['shop/sells', ['site'], []],
      ['floor/answers', [], ['shop']],
    ]);
  });

  it('is listed the worst first', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const weights = leavesOf(documents).map(
          ({ falls, degrades }) => falls.length * 1000 + degrades.length,
        );
        expect(weights).toEqual(weights.toSorted((one, other) => other - one));
      }),
    );
  });

  it('takes down those that reach it without an alternative, and no others', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const edges = edgesOf(documents);
        const reaches = (service: string, leaf: string): boolean =>
          edges.some(
            ({ from, to, dependency }) =>
              from === service &&
              dependency.alternatives.length === 0 &&
              (to.id === leaf || (to.kind === 'promise' && reaches(to.id.split('/')[0] ?? '', leaf))),
          );
        for (const { leaf, kind, falls, degrades } of leavesOf(documents)) {
          const services = documents
            .map(({ service }) => service)
            .filter((service) => reaches(service, leaf));
          expect([kind, leaf, falls]).toEqual([kind, leaf, services]);
          expect(degrades.filter((service) => falls.includes(service))).toEqual([]);
        }
      }),
    );
  });

  it('is every provider that somebody depends on', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const named = edgesOf(documents).flatMap(({ to }) => (to.kind === 'provider' ? [to.id] : []));
        const leaves = leavesOf(documents).map(({ leaf }) => leaf);
        expect(leaves).toEqual(expect.arrayContaining(named));
      }),
    );
  });
});
