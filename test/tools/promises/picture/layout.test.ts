import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../../functions/promises.ts';
import { edgesOf } from '../../../../lib/promises/graph.ts';
import { columnsOf, UndrawableError } from '../../../../tools/promises/picture/columns.ts';
import { layOut, type Layout } from '../../../../tools/promises/picture/layout.ts';
import { crossings, orderColumns } from '../../../../tools/promises/picture/order.ts';
import { bare, documentOf, helped, systems } from '../documents.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxes = ({ cards }: Layout): Box[] =>
  cards.map(({ card, left, top, width }) => ({
    left,
    top,
    right: left + width,
    bottom: top + card.height,
  }));

/** Nearer to each other than `distance` in both directions. */
const meet = (one: Box, other: Box, distance: number): boolean =>
  one.left < other.right + distance &&
  other.left < one.right + distance &&
  one.top < other.bottom + distance &&
  other.top < one.bottom + distance;

describe('the layout of the dependency graph', () => {
  it('has a card for each service and each provider, inside of the picture', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const layout = layOut(documents);
        const providers = edgesOf(documents).flatMap(({ to }) => (to.kind === 'provider' ? [to.id] : []));
        expect(layout.cards.map(({ card }) => card.id).toSorted()).toEqual(
          [...documents.map(({ service }) => service), ...new Set(providers)].toSorted(),
        );
        for (const { left, top, right, bottom } of boxes(layout)) {
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(right).toBeLessThanOrEqual(layout.width);
          expect(bottom).toBeLessThanOrEqual(layout.height);
        }
      }),
    );
  });

  it('keeps cards apart', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const all = boxes(layOut(documents));
        for (const [index, one] of all.entries()) {
          expect(all.slice(index + 1).filter((other) => meet(one, other, 10))).toEqual([]);
        }
      }),
    );
  });

  it('leads every line from its service to what that depends on', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const { links } = layOut(documents);
        for (const edge of edgesOf(documents)) {
          const parts = links
            .filter(({ link }) =>
              link.edges.some(({ from, to }) => from === edge.from && to.id === edge.to.id),
            )
            .toSorted((one, other) => one.turn.x - other.turn.x);
          expect(parts[0]?.link.from.card?.id).toBe(edge.from);
          expect(parts.at(-1)?.link.to.card?.id).toBe(
            edge.to.kind === 'provider' ? edge.to.id : edge.to.id.split('/')[0],
          );
          for (const [index, part] of parts.slice(1).entries()) {
            expect(part.start).toEqual(parts[index]?.end);
          }
        }
      }),
    );
  });

  it('leads lines to the right, and never through or along a card', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const layout = layOut(documents);
        for (const { start, turn, end } of layout.links) {
          expect(turn.x - start.x).toBeGreaterThanOrEqual(0);
          expect(end.x - turn.x).toBeGreaterThanOrEqual(60);
          for (const box of boxes(layout)) {
            if (turn.x > start.x) {
              const straight = { left: start.x, right: turn.x, top: start.y, bottom: start.y };
              expect(meet(straight, box, 10)).toBe(false);
            }
            // A curve stays between its ends, whatever its height: between columns there is no card.
            expect(box.left < end.x && turn.x < box.right).toBe(false);
          }
        }
      }),
    );
  });

  it('lets lines leave a card from its right edge and each from a place of its own', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const { cards, links } = layOut(documents);
        for (const { card, left, top, width } of cards) {
          const leaving = links.filter(({ link }) => link.from.card === card);
          const heights = leaving.map(({ turn }) => turn.y).toSorted((one, other) => one - other);
          for (const [index, y] of heights.entries()) {
            expect(y).toBeGreaterThan(top + 8);
            expect(y).toBeLessThan(top + card.height - 8);
            expect(y - (heights[index - 1] ?? 0)).toBeGreaterThan(5);
          }
          expect(leaving.every(({ turn }) => turn.x === left + width)).toBe(true);
        }
      }),
    );
  });

  it('is the same every time', () => {
    expect(layOut(promiseDocuments)).toEqual(layOut(promiseDocuments));
  });

  it('never has more crossings than the order in which things were written', () => {
    fc.assert(
      fc.property(systems, (documents) => {
        const graph = columnsOf(documents);
        expect(crossings(orderColumns(graph), graph.links)).toBeLessThanOrEqual(
          crossings(graph.columns, graph.links),
        );
      }),
    );
  });

  it('untangles what can be untangled', () => {
    const documents = [
      documentOf('one', { dependsOn: [bare('Fourth'), bare('Third')] }),
      documentOf('two', { dependsOn: [bare('Second'), bare('First')] }),
      documentOf('three', { dependsOn: [bare('Fourth'), bare('Second')] }),
    ];
    const graph = columnsOf(documents);
    expect(crossings(graph.columns, graph.links)).toBeGreaterThan(0);
    expect(crossings(orderColumns(graph), graph.links)).toBe(0);
  });

  it('lets dependencies on the same thing share a line on the way, unless one has an alternative', () => {
    const documents = [
      documentOf('one', { dependsOn: [bare('middle/answers'), bare('Amazon S3')] }),
      documentOf('two', { dependsOn: [bare('middle/answers'), bare('Amazon S3')] }),
      documentOf('three', { dependsOn: [bare('middle/answers'), helped('Amazon S3')] }),
      documentOf('middle'),
    ];
    const arriving = layOut(documents).links.filter(({ link }) => link.to.card?.id === 'Amazon S3');
    expect(arriving.map(({ link }) => link.edges.map(({ from }) => from))).toEqual([
      ['one', 'two'],
      ['three'],
    ]);
  });

  it('refuses a circle, and a promise that nobody makes', () => {
    const circle = [
      documentOf('one', { dependsOn: [bare('two/answers')] }),
      documentOf('two', { dependsOn: [bare('one/answers')] }),
    ];
    expect(() => layOut(circle)).toThrow(
      new UndrawableError(
        'Promises depend on each other in a circle: one/answers → two/answers → one/answers.',
      ),
    );
    expect(() => layOut([documentOf('one', { dependsOn: [bare('two/answers')] })])).toThrow(
      new UndrawableError('one depends on two/answers, which nobody promises.'),
    );
  });
});
