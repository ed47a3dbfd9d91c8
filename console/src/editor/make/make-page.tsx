import { useEffect, useRef, useState } from 'preact/hooks';
import { Heading } from '../../parts/heading.tsx';
import { Icon } from '../../parts/icon.tsx';
import { fragmentOf } from '../../route.ts';
import { titleOf } from '../keep/title-of.ts';
import type { Asked, Work } from '../keep/work.ts';
import type { PreviewEstimate } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { LocalFiles } from '../state/files.ts';
import { MakingProgress } from './making.tsx';
import type { Trouble } from './making-in-words.ts';
import { PreviewPane } from './preview-pane.tsx';
import { ResultActions } from './result-actions.tsx';
import { ResultPane } from './result-pane.tsx';
import { type Course, useMaking } from './use-making.ts';

interface Props {
  readonly work: Work;
  readonly library: StudioLibrary;
  readonly onAsked: (asked: Asked) => void;
  readonly onFiles: (files: LocalFiles) => void;
  /** It can be mended in the editor. */
  readonly onTrouble: (trouble: Trouble) => void;
  /** Back to the editor. */
  readonly onChange: () => void;
  readonly onStartFrom: (file: File) => Promise<string>;
}

const titles: Readonly<Record<Course['state'], string>> = {
  'under-way': 'One moment',
  done: 'Here it is',
  trouble: 'That did not work',
};

/** From the recipe to the result, beside what the preview promised. */
export function MakePage({ work, library, onAsked, onFiles, onTrouble, onChange, onStartFrom }: Props) {
  const { course, pause, ready, again, cancel } = useMaking({ work, onAsked, onFiles });
  const [estimate, setEstimate] = useState<PreviewEstimate>();
  const [isGone, setGone] = useState(false);
  const mend = useRef(onTrouble);
  mend.current = onTrouble;
  useEffect(() => {
    if (course.state === 'trouble' && course.trouble.refusals.length > 0) {
      mend.current(course.trouble);
    }
  }, [course]);
  const title = titleOf(work);
  return (
    <div class="made">
      <a class="back" href={fragmentOf({ page: 'studio-edit' })}>
        <Icon name="back" />
        Back to the editor
      </a>
      <Heading
        key={isGone ? 'gone' : course.state}
        title={isGone ? 'It is not there any more' : titles[course.state]}
      />
      <div class="compare">
        <PreviewPane
          recipe={ready.recipe}
          files={work.files}
          library={library}
          onState={(state) => {
            setEstimate(state.estimate);
          }}
        />
        {course.state === 'under-way' && (
          <MakingProgress
            stage={course.stage}
            sent={course.sent}
            estimateMs={estimate?.milliseconds}
            pause={pause}
            onCancel={() => {
              cancel();
              onChange();
            }}
          />
        )}
        {course.state === 'trouble' && (
          <div class="notice notice-problem" role="alert">
            <p>{course.trouble.sentence}</p>
            <button type="button" class="button" onClick={again}>
              Try again
            </button>
          </div>
        )}
        {course.state === 'done' && course.edit.result !== undefined && !isGone && (
          <ResultPane
            key={course.edit.result.url}
            result={course.edit.result}
            title={title}
            onGone={() => {
              setGone(true);
            }}
          />
        )}
        {isGone && (
          <div class="notice" role="alert">
            <p>What was made is kept for 30 days. It can be made again.</p>
            <button
              type="button"
              class="button"
              onClick={() => {
                setGone(false);
                again();
              }}
            >
              Make it again
            </button>
          </div>
        )}
      </div>
      {course.state === 'done' && course.edit.result !== undefined && !isGone && (
        <ResultActions
          edit={course.edit}
          result={course.edit.result}
          recipe={course.recipe}
          title={title}
          onChange={onChange}
          onStartFrom={onStartFrom}
        />
      )}
    </div>
  );
}
