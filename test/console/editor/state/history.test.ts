import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../../../functions/contracts/recipe.ts';
import { addCaption, changeCaption } from '../../../../console/src/editor/state/layer-edits.ts';
import {
  commit,
  redo,
  settle,
  startHistory,
  undo,
  type History,
} from '../../../../console/src/editor/state/history.ts';
import { documentOfUpload } from '../../../../console/src/editor/state/new-document.ts';
import { deeds, documents } from './arbitrary-edits.ts';

const json = (history: History): string => JSON.stringify(history.present.recipe);

/** Calls `step` until it changes nothing, and answers what was there each time. */
function allThe(
  step: (history: History) => History,
  from: History,
): { readonly end: History; readonly seen: string[] } {
  let now = from;
  const seen = [json(now)];
  for (let next = step(now); next !== now; next = step(now)) {
    now = next;
    seen.push(json(now));
  }
  return { end: now, seen };
}

const start = startHistory(documentOfUpload('local:1', 'still'));
const write = (text: string) => changeCaption(0, (caption) => ({ ...caption, text }));

describe('undo and redo', () => {
  it('go back to the very recipe that it began with, byte for byte, and forward to the one it ended with', () => {
    fc.assert(
      fc.property(documents, deeds, (document, done) => {
        const began = startHistory(document);
        const history = done.reduce((now, { edit, mergeKey }) => commit(now, edit, mergeKey), began);
        const back = allThe(undo, history);
        expect(json(back.end)).toBe(json(began));
        const forth = allThe(redo, back.end);
        expect(json(forth.end)).toBe(json(history));
        expect(forth.seen).toEqual(back.seen.toReversed());
      }),
      { numRuns: 150 },
    );
  });

  it('take every step back, whatever was undone and redone between', () => {
    fc.assert(
      fc.property(documents, deeds, fc.infiniteStream(fc.nat({ max: 5 })), (document, done, moods) => {
        let history = startHistory(document);
        for (const { edit, mergeKey } of done) {
          const mood = moods.next().value ?? 0;
          const before = history;
          history = mood === 0 ? undo(history) : mood === 1 ? redo(history) : commit(history, edit, mergeKey);
          if (mood > 1 && history.past.length > before.past.length) {
            expect(json(undo(history))).toBe(json(before));
          }
        }
        expect(json(allThe(undo, history).end)).toBe(JSON.stringify(document.recipe));
      }),
      { numRuns: 100 },
    );
  });

  it('never leave a recipe that the service would not read', () => {
    fc.assert(
      fc.property(documents, deeds, (document, done) => {
        let history = startHistory(document);
        for (const { edit, mergeKey, name } of done) {
          history = commit(history, edit, mergeKey);
          const read = recipeSchema.safeParse(JSON.parse(json(history)));
          expect(read.error?.issues ?? [], `after ${name}: ${json(history)}`).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('take letters that are typed one after the other as one step', () => {
    const added = commit(start, addCaption({ text: '' }));
    const typed = ['h', 'he', 'hey'].reduce((now, text) => commit(now, write(text), 'text:0'), added);
    expect(typed.present.recipe.captions?.[0]?.text).toBe('hey');
    expect(undo(typed).present).toBe(added.present);
    const more = commit(settle(typed), write('hey you'), 'text:0');
    expect(undo(more).present.recipe.captions?.[0]?.text).toBe('hey');
  });

  it('forget a drag that ends where it began', () => {
    const added = commit(start, addCaption({ text: 'a' }));
    const away = commit(added, write('b'), 'drag:1');
    const home = commit(away, write('a'), 'drag:1');
    expect(home.past).toHaveLength(added.past.length);
    expect(json(home)).toBe(json(added));
  });

  it('leave what can be redone when something is done that changes nothing', () => {
    const undone = undo(commit(start, addCaption({ text: 'a' })));
    expect(commit(undone, (document) => ({ ...document }))).toBe(undone);
    expect(redo(undone).present.recipe.captions).toHaveLength(1);
  });
});
