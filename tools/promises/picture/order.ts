import type { Columns, Link, Node } from './columns.ts';

type Order = readonly (readonly Node[])[];

/** How often the order is improved in both directions, at most: it settles before, or goes round between equals. */
const sweeps = 12;

/** The order of each column's nodes, from the top, in which few lines cross: barycentres, then exchanges of neighbours. The same for the same graph. */
export function orderColumns({ columns, links }: Columns): Order {
  let best = columns;
  for (const start of [columns, columns.map((column) => column.toReversed())]) {
    let order: Order = start;
    let isSettled = false;
    for (let sweep = 0; sweep < sweeps && !isSettled; sweep++) {
      const there = exchanged(swept(order, links, true), links);
      const back = exchanged(swept(there, links, false), links);
      best = [there, back].reduce((one, other) => fewerCrossings(one, other, links), best);
      isSettled = back.every((column, index) => column.every((node, at) => node === order[index]?.[at]));
      order = back;
    }
  }
  return best;
}

function fewerCrossings(one: Order, other: Order, links: readonly Link[]): Order {
  return crossings(other, links) < crossings(one, links) ? other : one;
}

/** How many pairs of lines between neighbouring columns cross. */
export function crossings(order: Order, links: readonly Link[]): number {
  const position = positionsOf(order);
  const ends = Map.groupBy(
    links.map((link) => ({
      column: link.from.column,
      from: position(link.from),
      to: position(link.to) + fraction(link),
    })),
    ({ column }) => column,
  );
  let count = 0;
  for (const between of ends.values()) {
    const sorted = between.toSorted((one, other) => one.from - other.from);
    for (const [index, one] of sorted.entries()) {
      for (let next = index + 1; next < sorted.length; next++) {
        const other = sorted[next];
        count += Number(other !== undefined && one.from < other.from && one.to > other.to);
      }
    }
  }
  return count;
}

/** Each column ordered by where its nodes' lines come from, or lead to, on average. */
function swept(order: Order, links: readonly Link[], isRightwards: boolean): Order {
  const next = order.map((column) => column);
  const indices = [...next.keys()];
  for (const index of isRightwards ? indices : indices.toReversed()) {
    const position = positionsOf(next);
    const pull = (node: Node): number => {
      const ends = isRightwards
        ? links.filter(({ to }) => to === node).map(({ from }) => position(from))
        : links.filter(({ from }) => from === node).map((link) => position(link.to) + fraction(link));
      return ends.length === 0 ? position(node) : ends.reduce((sum, end) => sum + end, 0) / ends.length;
    };
    const pulls = new Map(next[index]?.map((node) => [node, pull(node)]));
    next[index] = (next[index] ?? []).toSorted(
      (one, other) => (pulls.get(one) ?? 0) - (pulls.get(other) ?? 0),
    );
  }
  return next;
}

/** Exchanges neighbours as long as that takes crossings away. */
function exchanged(order: Order, links: readonly Link[]): Order {
  let best = order;
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const column of order.keys()) {
      const near = links.filter(({ from, to }) => from.column === column || to.column === column);
      const count = best[column]?.length ?? 0;
      let fewest = crossings(best, near);
      for (let index = 0; index + 1 < count && fewest > 0; index++) {
        const candidate = best.with(column, withExchange(best[column] ?? [], index));
        const left = crossings(candidate, near);
        if (left < fewest) {
          [best, fewest, isBetter] = [candidate, left, true];
        }
      }
    }
  }
  return best;
}

function withExchange(nodes: readonly Node[], index: number): Node[] {
  return [...nodes.slice(0, index), ...nodes.slice(index, index + 2).toReversed(), ...nodes.slice(index + 2)];
}

function positionsOf(order: Order): (node: Node) => number {
  const positions = new Map(order.flatMap((column) => column.map((node, index) => [node, index] as const)));
  return (node) => positions.get(node) ?? 0;
}

/** How far down its node a line arrives: less than one, so that it stays between the node and the next. */
function fraction({ to, entry }: Link): number {
  return to.height === 0 ? 0 : (entry / to.height) * 0.9;
}
