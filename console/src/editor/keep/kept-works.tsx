import { useEffect, useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { StudioLibrary } from '../preview/studio-library.ts';
import { titleOf } from './title-of.ts';
import type { Work } from './work.ts';

interface Props {
  readonly works: readonly Work[];
  /** Undefined while it is loading. */
  readonly library: StudioLibrary | undefined;
  readonly onContinue: (work: Work) => void;
  readonly onDiscard: (work: Work) => void;
}

/** What was begun in this browser and not discarded. */
export function KeptWorks({ works, library, onContinue, onDiscard }: Props) {
  const [asking, setAsking] = useState<Work>();
  if (works.length === 0) {
    return null;
  }
  return (
    <section class="kept" aria-labelledby="kept-title">
      <h2 id="kept-title">Go on with</h2>
      <ul class="kept-list">
        {works.map((work) => (
          <li key={work.id} class="kept-work">
            <button
              type="button"
              class="kept-open"
              onClick={() => {
                onContinue(work);
              }}
            >
              <WorkPicture work={work} library={library} />
              <span class="kept-title">{titleOf(work)}</span>
            </button>
            <button
              type="button"
              class="kept-discard"
              aria-label={`Discard “${titleOf(work)}”`}
              onClick={() => {
                setAsking(work);
              }}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {asking !== undefined && (
        <Dialog
          label="Discard it?"
          onClose={() => {
            setAsking(undefined);
          }}
        >
          <h2>Discard it?</h2>
          <p>“{titleOf(asking)}” and its files are forgotten by this browser. This cannot be undone.</p>
          <div class="dialog-actions">
            <button
              type="button"
              class="button button-danger-strong"
              onClick={() => {
                onDiscard(asking);
                setAsking(undefined);
              }}
            >
              Discard
            </button>
            <button
              type="button"
              class="button button-quiet"
              onClick={() => {
                setAsking(undefined);
              }}
            >
              Keep
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}

function WorkPicture({
  work,
  library,
}: {
  readonly work: Work;
  readonly library: StudioLibrary | undefined;
}) {
  const { source } = work.history.present.recipe;
  const upload =
    source.kind === 'upload'
      ? source.upload
      : source.kind === 'slideshow'
        ? source.slides[0]?.upload
        : undefined;
  const blob = work.picture ?? (upload === undefined ? undefined : work.files.get(upload)?.blob);
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = blob === undefined ? undefined : URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      if (made !== undefined) {
        URL.revokeObjectURL(made);
      }
    };
  }, [blob]);
  const template =
    source.kind === 'template' ? library?.templates.find(({ id }) => id === source.template) : undefined;
  const src = url ?? template?.picture;
  return <span class="kept-picture">{src !== undefined && <img src={src} alt="" decoding="async" />}</span>;
}
