import { describe, expect, it } from 'vitest';
import { titleOf } from '../../../../console/src/editor/keep/title-of.ts';
import { isUntouched, newWork } from '../../../../console/src/editor/keep/work.ts';
import type { EditorDocument } from '../../../../console/src/editor/state/document.ts';
import { commit, undo } from '../../../../console/src/editor/state/history.ts';

const document = (texts: readonly string[], source: EditorDocument['recipe']['source']): EditorDocument => ({
  recipe: { source, captions: texts.map((text) => ({ text })), output: { format: 'png' } },
});
const template = { kind: 'template', template: 'cat-at-keyboard' } as const;
const files = new Map([['local:1', { blob: new Blob(['GIF89a']), name: '<b>four</b>.gif' }]]);

describe('a work', () => {
  it('is called by what is written in it, or else by what it is made of', () => {
    const title = (...of: Parameters<typeof document>): string => titleOf(newWork(document(...of), files, 0));
    expect(title([' I have\nno idea ', '', 'but it ships'], template)).toBe('I have no idea · but it ships');
    expect(title([''], template)).toBe('Cat at keyboard');
    expect(title([], { kind: 'upload', upload: 'local:1' })).toBe('<b>four</b>.gif');
    expect(title([], { kind: 'upload', upload: 'local:2' })).toBe('Without its file');
    expect(title(['x'.repeat(100)], template)).toBe(`${'x'.repeat(59)}…`);
  });

  it('is nothing to go on with until something was done: written, chosen or made', () => {
    const begun = newWork(document([''], template), new Map(), 0);
    expect(isUntouched(begun)).toBe(true);
    const written = commit(begun.history, () => document(['Hello'], template));
    expect(isUntouched({ ...begun, history: written })).toBe(false);
    expect(isUntouched({ ...begun, history: undo(written) })).toBe(false);
    expect(isUntouched({ ...begun, files })).toBe(false);
  });
});
