import { useEffect, useState } from 'preact/hooks';
import { UnreachableError } from '../../api/errors.ts';
import { FailedLoad } from '../../parts/failed-load.tsx';
import { Heading } from '../../parts/heading.tsx';
import { fragmentOf } from '../../route.ts';
import { useLoad } from '../../use-load.ts';
import { renameUploads } from '../make/uploads-of.ts';
import type { EditorDocument } from '../state/document.ts';
import { addFile, type LocalFiles } from '../state/files.ts';
import { FileChooser } from './file-chooser.tsx';
import { look } from './open-files.ts';
import type { Shared } from './read-shared.ts';

interface Props {
  readonly packed: string;
  readonly onBegin: (document: EditorDocument, files: LocalFiles) => void;
}

/** The schema of recipes, and the library that reads it, are loaded by who opens a link. */
async function readLink(packed: string): Promise<Shared> {
  const { readShared } = await import('./read-shared.ts').catch((cause: unknown) => {
    throw new UnreachableError('what reads links could not be loaded', { cause });
  });
  return await readShared(packed);
}

/** What a shared link leads to. Files of whom it comes from do not come with it: one's own take their places. */
export function SharedPage({ packed, onBegin }: Props) {
  const [shared, again] = useLoad(`shared ${packed}`, () => readLink(packed));
  switch (shared.state) {
    case 'loading':
      return <Heading title="One moment" />;
    case 'failed':
      return <FailedLoad error={shared.error} onAgain={again} />;
    case 'ready':
      return <OpenedShare shared={shared.value} onBegin={onBegin} />;
  }
}

function OpenedShare({ shared, onBegin }: { readonly shared: Shared } & Pick<Props, 'onBegin'>) {
  const [sentences, setSentences] = useState<readonly string[]>([]);
  const isWhole = 'recipe' in shared && shared.uploads.length === 0;
  useEffect(() => {
    if (isWhole) {
      onBegin({ recipe: shared.recipe }, new Map());
    }
    // Once: what it leads to is a work of its own.
  }, [isWhole]);
  if ('sentence' in shared) {
    return (
      <div class="narrow">
        <Heading title="This link leads nowhere" />
        <p>{shared.sentence}</p>
        <a class="button button-strong" href={fragmentOf({ page: 'studio' })}>
          Begin with something else
        </a>
      </div>
    );
  }
  const { recipe, uploads } = shared;
  const begin = async (chosen: readonly File[]): Promise<void> => {
    const looks = await Promise.all(chosen.map(look));
    const wrong = looks.flatMap((each) => ('sentence' in each ? [each.sentence] : []));
    if (wrong.length > 0) {
      setSentences(wrong);
      return;
    }
    let files: LocalFiles = new Map();
    const names = new Map<string, string>();
    for (const [index, upload] of uploads.entries()) {
      // Who has fewer files than there are places uses them again, in turn.
      const file = chosen[index % chosen.length];
      if (file !== undefined) {
        const added = addFile(files, { blob: file, name: file.name });
        files = added.files;
        names.set(upload, added.upload);
      }
    }
    onBegin({ recipe: renameUploads(recipe, (name) => names.get(name) ?? name) }, files);
  };
  return (
    <div class="narrow shared">
      <Heading title="Somebody shared this with you" />
      {uploads.length > 0 && (
        <>
          <p>
            {uploads.length === 1
              ? 'It is made of a file that stays with its owner. Choose yours to take its place.'
              : `It is made of ${uploads.length} files that stay with their owner. Choose yours to take their places.`}
          </p>
          <FileChooser onFiles={(chosen) => void begin(chosen)} sentences={sentences} />
        </>
      )}
    </div>
  );
}
