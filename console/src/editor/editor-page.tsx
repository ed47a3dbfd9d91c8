import { useMemo, useRef } from 'preact/hooks';
import { EditorBody } from './editor-body.tsx';
import { createPreview, type Refusal } from './preview/preview.ts';
import type { StudioLibrary } from './preview/studio-library.ts';
import type { LocalFiles } from './state/files.ts';
import type { History } from './state/history.ts';
import './editor.css';
import './canvas/canvas.css';
import './timeline/timeline.css';
import './panels/panels.css';

export interface EditorPageProps {
  /** What is being made, with what can be undone, where it begins. */
  readonly history: History;
  readonly files: LocalFiles;
  readonly library: StudioLibrary;
  /** What the service would not make, and why. It is shown until the recipe is another. */
  readonly trouble?: { readonly sentence: string; readonly refusals: readonly Refusal[] } | undefined;
  /** After every change. */
  readonly onChange: (history: History, files: LocalFiles) => void;
  /** What it looks like, small, some time after it was changed. */
  readonly onPicture: (picture: Blob) => void;
  readonly onMake: () => void;
  /** @default the preview that draws */
  readonly create?: typeof createPreview;
}

/** The editor. It keeps what is being made itself: who shows it is told of every change, and need not hand it back. */
export function EditorPage(props: EditorPageProps) {
  const newest = useRef(props);
  newest.current = props;
  const { library, trouble, create = createPreview } = props;
  return useMemo(
    () => (
      <EditorBody
        {...newest.current}
        create={create}
        onChange={(history, files) => {
          newest.current.onChange(history, files);
        }}
        onPicture={(picture) => {
          newest.current.onPicture(picture);
        }}
        onMake={() => {
          newest.current.onMake();
        }}
      />
    ),
    [library, trouble, create],
  );
}
