import * as z from 'zod';
import { publishedFontSchema, publishedStickerSchema, publishedTemplateSchema } from './template.ts';

/** Root-relative: resolve it against the address of the site. Immutable. */
const url = z.string();

/** A template as clients see it: which captions it takes, and what it looks like. */
export const templateViewSchema = publishedTemplateSchema
  .omit({ picture: true, preview: true, delaysMs: true })
  .extend({
    self: url,
    /** 0 of a still. */
    durationMs: z.number(),
    picture: url,
    /** With its examples. */
    preview: url,
  });
export type TemplateView = z.infer<typeof templateViewSchema>;

/** `GET /studio/templates`. */
export const templateListSchema = z.object({ templates: z.array(templateViewSchema) });
export type TemplateList = z.infer<typeof templateListSchema>;

/** `GET /studio/fonts`. */
export const fontListSchema = z.object({
  fonts: z.array(
    publishedFontSchema.omit({ files: true }).extend({
      /** The stack: addresses of `files`. The first gives the face; of the others the first that covers a character lends it. */
      stack: z.array(url).min(1),
    }),
  ),
  /** TTF files, each once. What need not be drawn need not be loaded: some are large. */
  files: z.array(
    z.object({
      url,
      bytes: z.int().min(1),
      /** Which characters it draws, as `packCoverage` of functions/kernel/drawing/coverage.ts writes it. */
      coverage: z.string(),
      /** Whether its glyphs are coloured pictures (emoji). */
      coloured: z.boolean(),
    }),
  ),
});
export type FontList = z.infer<typeof fontListSchema>;

/** `GET /studio/stickers`. */
export const stickerListSchema = z.object({
  stickers: z.array(publishedStickerSchema.omit({ picture: true }).extend({ picture: url })),
});
export type StickerList = z.infer<typeof stickerListSchema>;
