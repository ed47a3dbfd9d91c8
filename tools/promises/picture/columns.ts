import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { type Edge, edgesOf, findCycles, promiseId, type Target } from '../../../lib/promises/graph.ts';
import { type Card, cardsOf, entryOf } from './cards.ts';

/** What has a place in a column: a card, or the bend of a line that passes between the column's cards. */
export interface Node {
  readonly id: string;
  readonly column: number;
  /** Undefined for a bend. */
  readonly card: Card | undefined;
  readonly height: number;
}

/** A line between neighbouring columns. */
export interface Link {
  readonly from: Node;
  readonly to: Node;
  /** Where it arrives, from the top of `to`. */
  readonly entry: number;
  readonly hasAlternative: boolean;
  /** What it is a part of: dependencies on the same thing share their lines where they can. */
  readonly edges: readonly Edge[];
}

export interface Columns {
  /** From the services that nobody depends on to the providers. */
  readonly columns: readonly (readonly Node[])[];
  readonly links: readonly Link[];
}

/** Documents that no picture can be made of, and why; synthesis refuses them too. */
export class UndrawableError extends Error {
  override readonly name = 'UndrawableError';
}

/** Puts everything into columns so that each dependency leads to the right, and leads those that go further than one through bends. */
export function columnsOf(documents: readonly PromiseDocument[]): Columns {
  refuseWhatCannotBeDrawn(documents);
  const edges = edgesOf(documents);
  const cards = cardsOf(documents);
  const heights = new Map<string, number>();
  const heightOf = (service: string): number => {
    const known = heights.get(service);
    if (known !== undefined) {
      return known;
    }
    const below = edges.filter(({ from, to }) => from === service && to.kind === 'promise');
    const height = 1 + Math.max(0, ...below.map(({ to }) => heightOf(ownerOf(to))));
    heights.set(service, height);
    return height;
  };
  const last = Math.max(0, ...documents.map(({ service }) => heightOf(service)));
  const nodes = new Map<string, Node>();
  for (const card of cards) {
    const column = card.kind === 'provider' ? last : last - heightOf(card.id);
    nodes.set(nodeId(card.kind, card.id), {
      id: nodeId(card.kind, card.id),
      column,
      card,
      height: card.height,
    });
  }
  const links = linksOf(edges, nodes);
  return {
    columns: Array.from({ length: last + 1 }, (_, column) =>
      [...nodes.values()].filter((node) => node.column === column),
    ),
    links,
  };
}

/** Adds the bends to `nodes`. */
function linksOf(edges: readonly Edge[], nodes: Map<string, Node>): Link[] {
  const links = new Map<string, Link>();
  for (const edge of edges) {
    const { to, dependency } = edge;
    const hasAlternative = dependency.alternatives.length > 0;
    const target = nodes.get(nodeId(to.kind === 'provider' ? 'provider' : 'service', ownerOf(to)));
    let from = nodes.get(nodeId('service', edge.from));
    for (let column = (from?.column ?? 0) + 1; column <= (target?.column ?? 0); column++) {
      const next = column === target?.column ? target : bend(column, to.id, hasAlternative, nodes);
      if (from !== undefined) {
        const key = `${from.id} > ${next.id} ${to.id} ${hasAlternative}`;
        const entry = next.card === undefined ? 0 : entryOf(next.card, to.id);
        const shared = links.get(key)?.edges ?? [];
        links.set(key, { from, to: next, entry, hasAlternative, edges: [...shared, edge] });
      }
      from = next;
    }
  }
  return [...links.values()];
}

function bend(column: number, target: string, hasAlternative: boolean, nodes: Map<string, Node>): Node {
  const id = `bend ${column} ${target} ${hasAlternative}`;
  const node = nodes.get(id) ?? { id, column, card: undefined, height: 0 };
  nodes.set(id, node);
  return node;
}

function refuseWhatCannotBeDrawn(documents: readonly PromiseDocument[]): void {
  const made = new Set(
    documents.flatMap(({ service, promises }) => promises.map(({ id }) => promiseId(service, id))),
  );
  const missing = edgesOf(documents).find(({ to }) => to.kind === 'promise' && !made.has(to.id));
  if (missing !== undefined) {
    throw new UndrawableError(`${missing.from} depends on ${missing.to.id}, which nobody promises.`);
  }
  const [cycle] = findCycles(documents);
  if (cycle !== undefined) {
    throw new UndrawableError(
      `Promises depend on each other in a circle: ${[...cycle, cycle[0]].join(' → ')}.`,
    );
  }
}

function nodeId(kind: Card['kind'], id: string): string {
  return `${kind} ${id}`;
}

function ownerOf({ kind, id }: Target): string {
  return kind === 'provider' ? id : id.slice(0, id.indexOf('/'));
}
