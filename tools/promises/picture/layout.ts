import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import type { Card } from './cards.ts';
import { columnsOf, type Link, type Node } from './columns.ts';
import { orderColumns } from './order.ts';
import { placeNodes, type Tops } from './places.ts';

/** A card in its place, in pixels. */
export interface PlacedCard {
  readonly card: Card;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** A part of a line: straight through `bend`, where it passes a column, then curved from column to column. */
export interface PlacedLink {
  readonly link: Link;
  readonly start: Point;
  /** Where the column ends that it passes: the same as `start` when it leaves a card. */
  readonly turn: Point;
  readonly end: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
  readonly links: readonly PlacedLink[];
}

/** Between columns: room for curves, more for more lines. */
const gap = { least: 64, forEachLine: 5, most: 130 } as const;
/** Between the places where lines leave a card. */
const exits = { distance: 16, margin: 22 } as const;

/** Where everything is, from the left top corner. */
export function layOut(documents: readonly PromiseDocument[]): Layout {
  const { columns, links } = columnsOf(documents);
  const order = orderColumns({ columns, links });
  const tops = placeNodes(order, links);
  const spans = spansOf(order, links);
  const exitOf = exitsOf(links, tops);
  const topOf = (node: Node): number => tops.get(node) ?? 0;
  const spanOf = ({ column }: Node): Span => spans[column] ?? { left: 0, width: 0 };
  const right = ({ left, width }: Span): number => left + width;
  return {
    width: Math.max(0, ...spans.map(right)),
    height: Math.ceil(Math.max(0, ...order.flat().map((node) => topOf(node) + node.height))),
    cards: order
      .flat()
      .flatMap((node) =>
        node.card === undefined ? [] : [{ card: node.card, ...spanOf(node), top: topOf(node) }],
      ),
    links: links.map((link) => {
      const { from, to, entry } = link;
      const turn = { x: right(spanOf(from)), y: topOf(from) + (exitOf.get(link) ?? 0) };
      return {
        link,
        start: { ...turn, x: from.card === undefined ? spanOf(from).left : turn.x },
        turn,
        end: { x: spanOf(to).left, y: topOf(to) + entry },
      };
    }),
  };
}

interface Span {
  readonly left: number;
  readonly width: number;
}

/** Left and width of each column. */
function spansOf(order: readonly (readonly Node[])[], links: readonly Link[]): Span[] {
  let left = 0;
  return order.map((nodes, column) => {
    const width = Math.max(0, ...nodes.map(({ card }) => card?.width ?? 0));
    const span = { left, width };
    const lines = links.filter(({ from }) => from.column === column).length;
    left += width + Math.min(gap.most, gap.least + lines * gap.forEachLine);
    return span;
  });
}

/** How far from the top of its node each line leaves it: around the middle, in the order in which they arrive. */
function exitsOf(links: readonly Link[], tops: Tops): Map<Link, number> {
  const arrival = ({ to, entry }: Link): number => (tops.get(to) ?? 0) + entry;
  return new Map(
    [...Map.groupBy(links, ({ from }) => from)].flatMap(([{ height }, leaving]) => {
      const sorted = leaving.toSorted((one, other) => arrival(one) - arrival(other));
      const distance = Math.min(exits.distance, (height - exits.margin) / Math.max(1, sorted.length - 1));
      return sorted.map(
        (link, index) =>
          [link, height === 0 ? 0 : height / 2 + (index - (sorted.length - 1) / 2) * distance] as const,
      );
    }),
  );
}
