import { useRef, useState } from 'preact/hooks';
import type { Size } from '../canvas/box.ts';
import type { Editor } from '../state/use-editor.ts';
import { addPicture } from './add-picture.ts';

export interface AddedPictures {
  /** Lays them over the picture in their order, behind those that are still being read. */
  readonly add: (files: readonly File[]) => void;
  /** Why files of those that were given last cannot be used: sentences. */
  readonly problems: readonly string[];
  readonly forget: () => void;
}

/** Takes in pictures to lay over, one after the other: each finds its place beside those before it. */
export function useAddedPictures(editor: Editor, canvas: Size | undefined): AddedPictures {
  const now = useRef({ editor, canvas });
  now.current = { editor, canvas };
  const last = useRef(Promise.resolve());
  const [problems, setProblems] = useState<readonly string[]>([]);
  const addAll = async (files: readonly File[]): Promise<void> => {
    for (const file of files) {
      const problem = await addPicture(() => now.current, file);
      if (problem !== undefined) {
        setProblems((before) => [...before, problem]);
      }
    }
  };
  const forget = (): void => {
    setProblems([]);
  };
  return {
    add: (files) => {
      forget();
      last.current = last.current.then(() => addAll(files));
    },
    problems,
    forget,
  };
}
