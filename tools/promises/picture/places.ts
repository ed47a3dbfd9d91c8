import type { Link, Node } from './columns.ts';

/** The top of every node, in pixels; the highest is at 0. */
export type Tops = ReadonlyMap<Node, number>;

/** How often the columns are drawn towards each other, there and back. */
const rounds = 40;
/** Lines that pass a column are kept straight before cards are moved. */
const straightness = 4;

/** Moves every node as near to where its lines lead as the order and the distances allow. */
export function placeNodes(order: readonly (readonly Node[])[], links: readonly Link[]): Tops {
  const tops = new Map<Node, number>();
  for (const column of order) {
    settle(
      column,
      column.map(() => ({ top: 0, weight: 1 })),
      tops,
    );
  }
  const linksAt = new Map(
    order.flat().map((node) => [node, links.filter(({ from, to }) => from === node || to === node)]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const column of round % 2 === 0 ? order : order.toReversed()) {
      settle(
        column,
        column.map((node) => wishOf(node, linksAt.get(node) ?? [], tops)),
        tops,
      );
    }
  }
  const highest = Math.min(...tops.values());
  return new Map([...tops].map(([node, top]) => [node, top - highest]));
}

interface Wish {
  readonly top: number;
  readonly weight: number;
}

/** Where a node's lines would have it. */
function wishOf(node: Node, links: readonly Link[], tops: Tops): Wish {
  let [sum, weight] = [0, 0];
  for (const link of links) {
    const weighs = link.from.card === undefined && link.to.card === undefined ? straightness : 1;
    const [start, end] = [exitHeight(link), link.entry];
    const wished =
      link.from === node ? (tops.get(link.to) ?? 0) + end - start : (tops.get(link.from) ?? 0) + start - end;
    sum += weighs * wished;
    weight += weighs;
  }
  return weight === 0 ? { top: tops.get(node) ?? 0, weight: 1 } : { top: sum / weight, weight };
}

/** Where a line leaves its node, about: exactly that is known only when all have their places. */
function exitHeight({ from }: Link): number {
  return from.height / 2;
}

interface Block {
  sum: number;
  weight: number;
  count: number;
}

/**
 * Gives a column's nodes the places that are nearest to their wishes (weighted least squares) and keep order and distance: with the distances taken off, the
 * tops may not fall, which is isotonic regression; neighbours whose wishes contradict that form a block and get its average.
 */
function settle(column: readonly Node[], wishes: readonly Wish[], tops: Map<Node, number>): void {
  const offsets: number[] = [];
  for (const [index, node] of column.entries()) {
    const before = column[index - 1];
    offsets.push(
      before === undefined ? 0 : (offsets[index - 1] ?? 0) + before.height + distance(before, node),
    );
  }
  const blocks: Block[] = [];
  for (const [index, { top, weight }] of wishes.entries()) {
    let block: Block = { sum: (top - (offsets[index] ?? 0)) * weight, weight, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block = {
        sum: last.sum + block.sum,
        weight: last.weight + block.weight,
        count: last.count + block.count,
      };
    }
    blocks.push(block);
  }
  const means = blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
  for (const [index, node] of column.entries()) {
    tops.set(node, (means[index] ?? 0) + (offsets[index] ?? 0));
  }
}

function mean({ sum, weight }: Block): number {
  return sum / weight;
}

/** Between two nodes of a column, in pixels. */
function distance(upper: Node, lower: Node): number {
  if (upper.card === undefined && lower.card === undefined) {
    return 14;
  }
  const isNarrow = upper.card?.kind === 'provider' && lower.card?.kind === 'provider';
  return isNarrow ? 12 : 26;
}
