import { useEffect, useState } from 'preact/hooks';
import { FailedLoad } from '../../parts/failed-load.tsx';
import { PauseNotice } from '../../parts/pause-notice.tsx';
import { fragmentOf } from '../../route.ts';
import { useLoad } from '../../use-load.ts';
import { EditorPage } from '../editor-page.tsx';
import { useWorks } from '../keep/use-works.ts';
import { isUntouched, type Work } from '../keep/work.ts';
import { workStore } from '../keep/work-store.ts';
import { MakePage } from '../make/make-page.tsx';
import type { Trouble } from '../make/making-in-words.ts';
import type { EditorDocument } from '../state/document.ts';
import type { LocalFiles } from '../state/files.ts';
import { loadLibrary } from './load-library.ts';
import { openFiles } from './open-files.ts';
import { SharedPage } from './shared-page.tsx';
import { StartPage } from './start-page.tsx';
import './start.css';
import '../make/make.css';

interface Props {
  readonly step: 'start' | 'edit' | 'make';
  /** A shared recipe, packed. */
  readonly recipe: string | undefined;
}

/** What is refused belongs to the work that was sent. */
interface WorkTrouble extends Trouble {
  readonly work: string;
}

const editing = fragmentOf({ page: 'studio-edit' });

/** The studio: what begins, is edited and made, each at an address of its own. */
export function Studio({ step, recipe }: Props) {
  const [library, again] = useLoad('studio-library', loadLibrary);
  const works = useWorks(workStore);
  const [trouble, setTrouble] = useState<WorkTrouble>();
  const { all, current } = works;
  const isLost = all !== undefined && current === undefined && step !== 'start' && recipe === undefined;
  useEffect(() => {
    if (isLost) {
      location.replace(fragmentOf({ page: 'studio' }));
    }
  }, [isLost]);
  const begin = (document: EditorDocument, files: LocalFiles): void => {
    works.begin(document, files);
    location.hash = editing;
  };

  const beginWith = async (file: File): Promise<string> => {
    const opened = await openFiles([file]);
    if ('sentences' in opened) {
      return opened.sentences.join(' ');
    }
    begin(opened.document, opened.files);
    return '';
  };

  if (all === undefined) {
    return null;
  }
  if (step === 'start') {
    return (
      <>
        {works.isForgetful && <Forgetful />}
        <StartPage
          library={library}
          onAgain={again}
          works={all.filter((work) => !isUntouched(work))}
          onBegin={begin}
          onContinue={(work) => {
            works.open(work);
            location.hash = editing;
          }}
          onDiscard={({ id }) => {
            works.discard(id);
          }}
        />
      </>
    );
  }
  if (recipe !== undefined) {
    return (
      <SharedPage
        key={recipe}
        packed={recipe}
        onBegin={(document, files) => {
          works.begin(document, files);
          // Who goes back does not open the link once more.
          location.replace(editing);
        }}
      />
    );
  }
  if (library.state === 'failed') {
    return <FailedLoad error={library.error} onAgain={again} />;
  }
  if (library.state === 'loading' || current === undefined) {
    return <PauseNotice pause={library.state === 'loading' ? library.pause : undefined} />;
  }
  const change = (next: (work: Work) => Work): void => {
    works.change(current.id, next);
  };
  if (step === 'make') {
    return (
      <MakePage
        key={current.id}
        work={current}
        library={library.value}
        onAsked={(asked) => {
          change((work) => ({ ...work, asked }));
        }}
        onFiles={(files) => {
          change((work) => ({ ...work, files }));
        }}
        onTrouble={(refused) => {
          setTrouble({ ...refused, work: current.id });
          location.replace(editing);
        }}
        onChange={() => {
          location.hash = editing;
        }}
        onStartFrom={beginWith}
      />
    );
  }
  return (
    <>
      {works.isForgetful && <Forgetful />}
      <EditorPage
        key={current.id}
        history={current.history}
        files={current.files}
        library={library.value}
        trouble={trouble?.work === current.id ? trouble : undefined}
        onChange={(history, files) => {
          change((work) => ({ ...work, history, files }));
        }}
        onPicture={(picture) => {
          change((work) => ({ ...work, picture }));
        }}
        onMake={() => {
          setTrouble(undefined);
          location.hash = fragmentOf({ page: 'studio-make' });
        }}
      />
    </>
  );
}

function Forgetful() {
  const [isRead, setRead] = useState(false);
  return isRead ? null : (
    <div class="notice forgetful" role="alert">
      <p>
        This browser cannot keep your work, because it is full or forbids it. It is lost when you close or
        reload this page: make it and download it before.
      </p>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => {
          setRead(true);
        }}
      >
        I see
      </button>
    </div>
  );
}
