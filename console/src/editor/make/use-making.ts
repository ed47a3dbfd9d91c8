import { useEffect, useRef, useState } from 'preact/hooks';
import type { Edit } from '../../../../functions/contracts/edit.ts';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { RefusedError } from '../../api/errors.ts';
import type { Pause } from '../../api/patience.ts';
import type { Asked, Work } from '../keep/work.ts';
import type { LocalFiles } from '../state/files.ts';
import { type ReadyRecipe, readyRecipe } from '../state/ready-recipe.ts';
import { makeEdit, type MakingStage } from './make-edit.ts';
import { type Trouble, troubleOf, troubleOfFailure } from './making-in-words.ts';
import { watchEdit } from './watch-edit.ts';

export type Course =
  | { readonly state: 'under-way'; readonly stage: MakingStage; readonly sent: number }
  | { readonly state: 'done'; readonly edit: Edit; readonly recipe: RecipeInput }
  | { readonly state: 'trouble'; readonly trouble: Trouble };

interface Options {
  readonly work: Work;
  readonly onAsked: (asked: Asked) => void;
  readonly onFiles: (files: LocalFiles) => void;
}

export interface MakingCourse {
  readonly course: Course;
  readonly pause: Pause | undefined;
  /** What is made: the work without captions in which nothing is written. */
  readonly ready: ReadyRecipe;
  readonly again: () => void;
  /** Stops it, and has the service erase what was sent. */
  readonly cancel: () => void;
}

/** Makes a work, or goes on waiting for what was asked for before a reload. */
export function useMaking(options: Options): MakingCourse {
  const { recipe } = options.work.history.present;
  const [ready] = useState(() => readyRecipe(recipe));
  const [round, setRound] = useState(0);
  const [pause, setPause] = useState<Pause>();
  const [course, setCourse] = useState<Course>({ state: 'under-way', stage: 'sending', sent: 0 });
  const newest = useRef(options);
  newest.current = options;
  const controller = useRef<AbortController>(undefined);

  useEffect(() => {
    const own = new AbortController();
    controller.current = own;
    const { signal } = own;
    let stage: MakingStage = 'sending';
    let sent = 0;
    const tell = (): void => {
      if (!signal.aborted) {
        setCourse({ state: 'under-way', stage, sent });
      }
    };
    const onStage = (next: MakingStage): void => {
      stage = next;
      tell();
    };
    const end = (edit: Edit, asked: RecipeInput): void => {
      setCourse(
        edit.failure === undefined
          ? { state: 'done', edit, recipe: asked }
          : { state: 'trouble', trouble: troubleOfFailure(edit.failure, ready.captions) },
      );
    };
    const of = JSON.stringify(ready.recipe);
    const make = async (): Promise<void> => {
      const made = await makeEdit({
        recipe: ready.recipe,
        files: newest.current.work.files,
        signal,
        onPause: setPause,
        onStage,
        onProgress: (fraction) => {
          sent = fraction;
          tell();
        },
        onFiles: (files) => {
          newest.current.onFiles(files);
        },
        onAsked: (asked) => {
          newest.current.onAsked({ ...asked, of });
        },
      });
      newest.current.onAsked({ ...made, of });
      end(made.edit, made.recipe);
    };
    const run = async (): Promise<void> => {
      const { asked } = newest.current.work;
      if (asked?.of === of && asked.edit.failure === undefined && round === 0) {
        onStage('making');
        const edit = await watchAgain(asked.edit, { signal, onPause: setPause });
        if (edit !== undefined) {
          newest.current.onAsked({ ...asked, edit });
          end(edit, asked.recipe);
          return;
        }
      }
      await make();
    };
    tell();
    run().catch((error: unknown) => {
      if (!signal.aborted) {
        setPause(undefined);
        setCourse({ state: 'trouble', trouble: troubleOf(error, ready.captions) });
      }
    });
    return () => {
      own.abort();
    };
  }, [ready, round]);

  return {
    course,
    pause,
    ready,
    again: () => {
      setRound((last) => last + 1);
    },
    cancel: () => {
      controller.current?.abort();
    },
  };
}

/** What became of an edit; undefined when the service has forgotten or erased it. */
async function watchAgain(
  { id }: Edit,
  patience: Pick<Parameters<typeof watchEdit>[1], 'signal' | 'onPause'>,
): Promise<Edit | undefined> {
  try {
    return await watchEdit(id, {
      ...patience,
      onEdit: () => {
        // Its end is all that is waited for.
      },
    });
  } catch (error) {
    if (error instanceof RefusedError && [404, 410].includes(error.problem.status)) {
      return undefined;
    }
    throw error;
  }
}
