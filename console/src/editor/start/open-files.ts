import type { EditorDocument } from '../state/document.ts';
import { addFile, type LocalFiles } from '../state/files.ts';
import { checkFile } from './check-file.ts';
import { documentOfFile, documentOfSlides } from './first-document.ts';
import { type FileType, sniffFileBytes } from './sniff-file.ts';

const mostSlides = 60;
/** Of a slideshow whose first slide this browser cannot show. */
const usualSize = { width: 720, height: 720 };

export type Opened =
  | { readonly document: EditorDocument; readonly files: LocalFiles }
  /** Why nothing begins, a sentence for each file that cannot be used. */
  | { readonly sentences: readonly string[] };

/** What begins with these files: with one its own, with several a slideshow. */
export async function openFiles(chosen: readonly File[]): Promise<Opened> {
  if (chosen.length > mostSlides) {
    return {
      sentences: [
        `These are ${chosen.length} files; a slideshow has ${mostSlides} slides at most. Choose fewer.`,
      ],
    };
  }
  const looks = await Promise.all(chosen.map(look));
  const sentences = looks.flatMap((each) => ('sentence' in each ? [each.sentence] : []));
  const fit = looks.flatMap((each) => ('sentence' in each ? [] : [each]));
  const [first] = fit;
  if (sentences.length > 0 || first === undefined) {
    return { sentences };
  }
  let files: LocalFiles = new Map();
  const uploads = fit.map(({ file }) => {
    const added = addFile(files, { blob: file, name: file.name });
    files = added.files;
    return added.upload;
  });
  const document =
    fit.length === 1
      ? documentOfFile(uploads[0] ?? '', first.type)
      : documentOfSlides(uploads, await sizeOf(first.file));
  return { document, files };
}

/** What a file is, or the sentence that says why it cannot be used. */
export async function look(
  file: File,
): Promise<{ readonly file: File; readonly type: FileType } | { readonly sentence: string }> {
  let head: Uint8Array;
  try {
    head = new Uint8Array(await file.slice(0, sniffFileBytes).arrayBuffer());
  } catch {
    // A folder, or a file that was moved or is still in somebody's cloud.
    return { sentence: `“${file.name}” could not be read. Choose another file.` };
  }
  const check = checkFile({ name: file.name, size: file.size, head });
  return check.ok ? { file, type: check.contentType } : { sentence: check.sentence };
}

async function sizeOf(file: File): Promise<{ readonly width: number; readonly height: number }> {
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    // A clip, or a picture that the service can read and this browser cannot.
    return usualSize;
  }
}
