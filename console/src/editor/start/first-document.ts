import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';
import type { EditorDocument } from '../state/document.ts';
import { documentOfSlideshow, documentOfUpload } from '../state/new-document.ts';
import type { FileType } from './sniff-file.ts';

/** What a file comes back as unless somebody chooses: what it was, or what shows it everywhere. */
const formatOf: Readonly<Record<FileType, StudioFormat>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/avif': 'webp',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mp4',
  'video/webm': 'mp4',
};

const longestSlideshowSide = 1080;

/** @param upload `local:<n>` */
export function documentOfFile(upload: string, type: FileType): EditorDocument {
  const kind = type.startsWith('video/') ? 'movie' : type === 'image/gif' ? 'animation' : 'still';
  const { recipe } = documentOfUpload(upload, kind);
  return { recipe: { ...recipe, output: { ...recipe.output, format: formatOf[type] } } };
}

/** @param size of the first picture, in pixels: the others are fitted into its shape */
export function documentOfSlides(
  uploads: readonly string[],
  size: { readonly width: number; readonly height: number },
): EditorDocument {
  const { recipe } = documentOfSlideshow(uploads);
  const factor = Math.min(1, longestSlideshowSide / Math.max(size.width, size.height));
  // Movies have even sides.
  const side = (length: number): number => Math.max(16, Math.round((length * factor) / 2) * 2);
  return recipe.source.kind === 'slideshow'
    ? {
        recipe: {
          ...recipe,
          source: { ...recipe.source, width: side(size.width), height: side(size.height) },
        },
      }
    : { recipe };
}

/** Nothing but a colour, to write on. */
export const documentOfColour = (): EditorDocument => ({
  recipe: {
    version: 1,
    source: { kind: 'colour', colour: '#ffc21f', width: 1080, height: 1080 },
    captions: [{ text: '', place: 'middle', colour: '#17171a', outline: { width: 0 } }],
    output: { format: 'png' },
  },
});
