import type { FontList, StickerList, TemplateView } from '../../contracts/studio-library.ts';
import type { PublishedTemplate, StudioIndex } from '../../contracts/template.ts';
import { packCoverage } from '../../kernel/drawing/coverage.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';

/** Answers the address of a file of the library. */
export type UrlOf = (file: string) => string;

/** A template as clients see it. */
export const toTemplateView = (
  { picture, preview, delaysMs, ...template }: PublishedTemplate,
  urlOf: UrlOf,
): TemplateView => ({
  ...template,
  self: `/studio/templates/${template.id}`,
  durationMs: delaysMs.reduce((sum, delay) => sum + delay, 0),
  picture: urlOf(picture.file),
  preview: urlOf(preview.file),
});

/** The template; a 404 that says where they are listed. */
export function findTemplate({ templates }: StudioIndex, id: string): PublishedTemplate {
  const template = templates.find((each) => each.id === id);
  if (template === undefined) {
    throw new HttpProblem(
      404,
      'unknown-template',
      `There is no template “${id}”: GET /studio/templates lists them.`,
    );
  }
  return template;
}

export const toFontList = ({ fonts, fontFiles }: StudioIndex, urlOf: UrlOf): FontList => ({
  fonts: fonts.map(({ files, ...font }) => ({ ...font, stack: files.map(urlOf) })),
  files: fontFiles.map(({ file, bytes, coverage, coloured }) => ({
    url: urlOf(file),
    bytes,
    coverage: packCoverage(coverage),
    coloured,
  })),
});

export const toStickerList = ({ stickers }: StudioIndex, urlOf: UrlOf): StickerList => ({
  stickers: stickers.map(({ picture, ...sticker }) => ({ ...sticker, picture: urlOf(picture.file) })),
});
