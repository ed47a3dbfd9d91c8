import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { type Edge, edgesOf, type Leaf, leavesOf, promiseId } from '../../../lib/promises/graph.ts';
import { objectiveInSigns } from '../objective-in-words.ts';
import { textWidth } from './text-width.ts';

/** A line of a service's card: one promise. */
export interface Row {
  readonly promise: string;
  readonly objective: string;
  /** Some service has no alternative to it. */
  readonly isSinglePoint: boolean;
}

/** A box of the picture: a service with its promises, or a provider. */
export interface Card {
  readonly id: string;
  readonly kind: 'service' | 'provider';
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly Row[];
  readonly isSinglePoint: boolean;
  readonly width: number;
  readonly height: number;
}

export const type = { title: 15, text: 12.5 } as const;
export const inset = 14;
export const rowHeight = 26;
/** From a card's top to its first row. */
export const headHeight = 58;
const providerHeight = 48;
/** Between a promise and its objective. */
const columnGap = 20;
/** Of the places where lines leave a card. */
const exitDistance = 11;

/** Every service and every provider that somebody depends on. */
export function cardsOf(documents: readonly PromiseDocument[]): Card[] {
  const edges = edgesOf(documents);
  const leaves = leavesOf(documents);
  return [
    ...documents.map((document) => serviceCard(document, edges)),
    ...leaves.filter(({ kind }) => kind === 'provider').map(providerCard),
  ];
}

/** Where lines to a card arrive, from its top: in the middle of a promise's row, or of a provider. */
export function entryOf({ kind, id, height, rows }: Card, target: string): number {
  const row = rows.findIndex(({ promise }) => promiseId(id, promise) === target);
  return kind === 'provider' ? height / 2 : headHeight + rowHeight * (row + 0.5);
}

function serviceCard({ service, product, team, promises }: PromiseDocument, edges: readonly Edge[]): Card {
  const bare = new Set(
    edges.filter(({ dependency }) => dependency.alternatives.length === 0).map(({ to }) => to.id),
  );
  const rows = promises.map(({ id, objective }) => ({
    promise: id,
    objective: objectiveInSigns(objective),
    isSinglePoint: bare.has(promiseId(service, id)),
  }));
  const subtitle = `team ${team} · ${counted(promises.length, 'promise', 'promises')}`;
  const exits = new Set(edges.filter(({ from }) => from === service).map(({ to }) => to.id)).size;
  return {
    id: service,
    kind: 'service',
    title: product,
    subtitle,
    rows,
    isSinglePoint: false,
    width:
      2 * inset +
      Math.max(
        textWidth(product, type.title, 'bold'),
        textWidth(subtitle, type.text),
        ...rows.map(
          ({ promise, objective }) =>
            textWidth(promise, type.text) + columnGap + textWidth(objective, type.text),
        ),
      ),
    height: Math.max(headHeight + rows.length * rowHeight + 8, (exits + 2) * exitDistance),
  };
}

function providerCard({ leaf, hasAlternative, falls, degrades }: Leaf): Card {
  const subtitle = [
    falls.length > 0 ? counted(falls.length, 'service falls', 'services fall') : '',
    degrades.length > 0 ? counted(degrades.length, 'goes on with less', 'go on with less') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return {
    id: leaf,
    kind: 'provider',
    title: leaf,
    subtitle,
    rows: [],
    isSinglePoint: !hasAlternative,
    width: 2 * inset + Math.max(textWidth(leaf, type.text, 'bold'), textWidth(subtitle, type.text)),
    height: providerHeight,
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
