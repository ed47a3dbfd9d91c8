import type { Edit, EditorDocument } from './document.ts';

/** What was, is, and could be again. The last of `past` is the newest, the first of `future` the next. */
export interface History {
  readonly past: readonly EditorDocument[];
  readonly present: EditorDocument;
  readonly future: readonly EditorDocument[];
  /** Edits in a row with the same key are one step: letters that are typed, moves of one drag. */
  readonly mergeKey?: string | undefined;
}

/** More steps than anybody goes back. */
const mostSteps = 300;

export const startHistory = (present: EditorDocument): History => ({ past: [], present, future: [] });

/** Carries an edit out. One that changes nothing is no step, and leaves what can be redone. */
export function commit(history: History, edit: Edit, mergeKey?: string): History {
  const { past, present, future } = history;
  const next = edit(present);
  if (isSameDocument(next, present)) {
    return history;
  }
  const merges = mergeKey !== undefined && mergeKey === history.mergeKey && past.length > 0;
  if (merges && isSameDocument(next, past.at(-1))) {
    // Dragged there and back again: no step at all.
    return { past: past.slice(0, -1), present: next, future, mergeKey: undefined };
  }
  return {
    past: merges ? past : [...past, present].slice(-mostSteps),
    present: next,
    future: [],
    mergeKey,
  };
}

/** Ends a merged step: the next edit is a new one whatever its key. */
export const settle = (history: History): History =>
  history.mergeKey === undefined ? history : { ...history, mergeKey: undefined };

export function undo(history: History): History {
  const present = history.past.at(-1);
  return present === undefined
    ? history
    : { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redo(history: History): History {
  const [present, ...future] = history.future;
  return present === undefined ? history : { past: [...history.past, history.present], present, future };
}

const isSameDocument = (one: EditorDocument, other: EditorDocument | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
