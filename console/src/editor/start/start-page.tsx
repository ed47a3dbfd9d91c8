import { useRef, useState } from 'preact/hooks';
import { FailedLoad } from '../../parts/failed-load.tsx';
import { Heading } from '../../parts/heading.tsx';
import { PauseNotice } from '../../parts/pause-notice.tsx';
import type { Load } from '../../use-load.ts';
import { KeptWorks } from '../keep/kept-works.tsx';
import type { Work } from '../keep/work.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import type { EditorDocument } from '../state/document.ts';
import type { LocalFiles } from '../state/files.ts';
import { documentOfTemplate } from '../state/new-document.ts';
import { FileChooser } from './file-chooser.tsx';
import { documentOfColour } from './first-document.ts';
import { Gallery } from './gallery.tsx';
import { openFiles } from './open-files.ts';

interface Props {
  readonly library: Load<StudioLibrary>;
  readonly onAgain: () => void;
  readonly works: readonly Work[];
  readonly onBegin: (document: EditorDocument, files: LocalFiles) => void;
  readonly onContinue: (work: Work) => void;
  readonly onDiscard: (work: Work) => void;
}

const noFiles: LocalFiles = new Map();

/** Where something begins: a template, a file of one's own, the camera, or what was begun before. */
export function StartPage({ library, onAgain, works, onBegin, onContinue, onDiscard }: Props) {
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const newest = useRef<readonly File[]>(undefined);
  const begin = async (chosen: readonly File[]): Promise<void> => {
    newest.current = chosen;
    const opened = await openFiles(chosen);
    if (newest.current !== chosen) {
      return;
    }
    if ('document' in opened) {
      onBegin(opened.document, opened.files);
    } else {
      setSentences(opened.sentences);
    }
  };
  return (
    <div class="start">
      <div class="start-head">
        <Heading title="Studio" class="start-title">
          Say it in a picture.
        </Heading>
        <p class="start-lead">Memes, GIFs and movies.</p>
      </div>
      <FileChooser onFiles={(files) => void begin(files)} sentences={sentences} />
      <KeptWorks
        works={works}
        library={library.state === 'ready' ? library.value : undefined}
        onContinue={onContinue}
        onDiscard={onDiscard}
      />
      {library.state === 'loading' && (
        <>
          <PauseNotice pause={library.pause} />
          <div class="templates waiting" role="status" aria-label="Loading the templates">
            {[1.5, 1, 0.8, 1.3, 1, 1.6].map((aspect, index) => (
              <div key={index} class="template" style={{ '--aspect': aspect }}>
                <div class="template-ghost ticket-ghost" />
              </div>
            ))}
          </div>
        </>
      )}
      {library.state === 'failed' && <FailedLoad error={library.error} onAgain={onAgain} />}
      {library.state === 'ready' && (
        <Gallery
          templates={library.value.templates}
          onChoose={(template) => {
            onBegin(documentOfTemplate(template), noFiles);
          }}
          onBlank={() => {
            onBegin(documentOfColour(), noFiles);
          }}
        />
      )}
    </div>
  );
}
