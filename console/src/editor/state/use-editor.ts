import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { Edit, EditorDocument } from './document.ts';
import { addFile, type LocalFiles } from './files.ts';
import { commit, redo, settle, undo, type History } from './history.ts';
import { isSameLayer, layerAt, layerCount, type LayerRef } from './layer.ts';

export interface Editor {
  readonly document: EditorDocument;
  readonly history: History;
  readonly files: LocalFiles;
  readonly selection: LayerRef | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** @param mergeKey edits in a row with the same key are undone as one */
  readonly apply: (edit: Edit, mergeKey?: string) => void;
  /** Ends a merged step. */
  readonly settle: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly select: (layer: LayerRef | undefined) => void;
  /** Adds a layer of the kind and selects it; where there is no room for another, nothing changes. */
  readonly add: (kind: LayerRef['kind'], edit: Edit) => void;
  /** Takes a file of this device in and answers its name in the recipe. */
  readonly addFile: (blob: Blob, name: string) => string;
}

interface State {
  readonly history: History;
  readonly selection: LayerRef | undefined;
}

/** The state of the editor: what is made, what could be undone, what is selected. */
export function useEditor(start: History, startFiles: LocalFiles): Editor {
  const [{ history, selection }, setState] = useState<State>({ history: start, selection: undefined });
  const [files, setFiles] = useState(startFiles);
  const newestFiles = useRef(startFiles);

  const change = useCallback((next: (history: History) => History) => {
    setState((state) => keepSelection({ ...state, history: next(state.history) }));
  }, []);
  const actions = useMemo(
    () => ({
      apply: (edit: Edit, mergeKey?: string): void => {
        change((past) => commit(past, edit, mergeKey));
      },
      settle: (): void => {
        change(settle);
      },
      undo: (): void => {
        change(undo);
      },
      redo: (): void => {
        change(redo);
      },
      select: (layer: LayerRef | undefined): void => {
        setState((state) =>
          isSameLayer(state.selection, layer) ? state : keepSelection({ ...state, selection: layer }),
        );
      },
      add: (kind: LayerRef['kind'], edit: Edit): void => {
        setState((state) => {
          const history = commit(state.history, edit);
          return history === state.history
            ? state
            : { history, selection: { kind, index: layerCount(history.present.recipe, kind) - 1 } };
        });
      },
      addFile: (blob: Blob, name: string): string => {
        const added = addFile(newestFiles.current, { blob, name });
        newestFiles.current = added.files;
        setFiles(added.files);
        return added.upload;
      },
    }),
    [change],
  );
  return {
    document: history.present,
    history,
    files,
    selection,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ...actions,
  };
}

/** What is selected may have gone with an undo. */
const keepSelection = (state: State): State =>
  state.selection !== undefined && layerAt(state.history.present.recipe, state.selection) === undefined
    ? { ...state, selection: undefined }
    : state;
