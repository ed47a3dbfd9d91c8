import type { Edit } from '../../../../functions/contracts/edit.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { EditorDocument } from '../state/document.ts';
import type { LocalFiles } from '../state/files.ts';
import { type History, startHistory } from '../state/history.ts';

/** Something that somebody makes, with all that was done to it. */
export interface Work {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  readonly history: History;
  readonly files: LocalFiles;
  /** What it looked like last, small. */
  readonly picture?: Blob | undefined;
  /** What the service was asked for last, and what came of it. */
  readonly asked?: Asked | undefined;
}

export interface Asked {
  /** As it was sent, with the server's names of uploads. */
  readonly recipe: RecipeInput;
  readonly edit: Edit;
  /** What the recipe was in the editor, as JSON: whether it is still the same. */
  readonly of: string;
}

/** A work at its beginning. @param now epoch milliseconds */
export const newWork = (present: EditorDocument, files: LocalFiles, now: number): Work => ({
  id: crypto.randomUUID(),
  changedAt: now,
  history: startHistory(present),
  files,
});

/** Whether nothing was done yet that anybody would miss: it was looked at, and left. */
export const isUntouched = ({ history, files, asked }: Work): boolean =>
  files.size === 0 && asked === undefined && history.past.length === 0 && history.future.length === 0;
