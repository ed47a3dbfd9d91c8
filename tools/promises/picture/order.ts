import type { Columns, Link, Node } from './columns.ts';

type Order = readonly (readonly Node[])[];

/** How often the order is improved in both directions; it settles long before. */
const sweeps = 24;

/** The order of each column's nodes, from the top, in which few lines cross: barycentres, then exchanges of neighbours. The same for the same graph. */
export function orderColumns({ columns, links }: Columns): Order {
  let best = columns;
  for (const start of [columns, columns.map((column) => column.toReversed())]) {
    let order = start;
    for (let sweep = 0; sweep < sweeps; sweep++) {
      order = exchanged(swept(order, links, sweep % 2 === 0), links);
      if (crossings(order, links) < crossings(best, links)) {
        best = order;
      }
    }
  }
  return best;
}

/** How many pairs of lines between neighbouring columns cross. */
export function crossings(order: Order, links: readonly Link[]): number {
  const position = positionsOf(order);
  const ends = links.map((link) => ({
    column: link.from.column,
    from: position(link.from),
    to: position(link.to) + fraction(link),
  }));
  let count = 0;
  for (const [index, one] of ends.entries()) {
    for (const other of ends.slice(index + 1)) {
      count += Number(one.column === other.column && (one.from - other.from) * (one.to - other.to) < 0);
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
  let fewest = crossings(best, links);
  for (let isBetter = true; isBetter;) {
    isBetter = false;
    for (const [column, nodes] of best.entries()) {
      for (let index = 0; index + 1 < nodes.length; index++) {
        const candidate = best.with(column, withExchange(best[column] ?? [], index));
        const count = crossings(candidate, links);
        if (count < fewest) {
          [best, fewest, isBetter] = [candidate, count, true];
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
