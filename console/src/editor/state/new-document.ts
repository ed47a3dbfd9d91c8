import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import type { EditorDocument } from './document.ts';
import { usualSlideMs } from './slideshow-edits.ts';

/** A template with an empty caption in each of its boxes, to be written in. */
export const documentOfTemplate = ({
  id,
  isAnimated,
  captions,
}: Pick<TemplateView, 'id' | 'isAnimated' | 'captions'>): EditorDocument => ({
  recipe: {
    version: 1,
    source: { kind: 'template', template: id },
    captions: captions.map((_, slot) => ({ text: '', place: { slot } })),
    output: { format: isAnimated ? 'gif' : 'png' },
  },
});

/** @param upload `local:<n>` */
export const documentOfUpload = (upload: string, kind: 'still' | 'animation' | 'movie'): EditorDocument => ({
  recipe: {
    version: 1,
    source: { kind: 'upload', upload },
    captions: [],
    output: { format: kind === 'still' ? 'jpeg' : kind === 'animation' ? 'gif' : 'mp4' },
  },
});

const crossFadeMs = 400;

/** @param uploads at least two of `local:<n>`, in the order in which they are shown */
export const documentOfSlideshow = (uploads: readonly string[]): EditorDocument => ({
  recipe: {
    version: 1,
    source: {
      kind: 'slideshow',
      slides: uploads.map((upload) => ({ upload, durationMs: usualSlideMs })),
      crossFadeMs,
    },
    captions: [],
    output: { format: 'mp4' },
  },
});
