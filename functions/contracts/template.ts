import * as z from 'zod';
import { coverageSchema } from './coverage.ts';

const identifier = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'lower-case letters, digits and single hyphens')
  .max(64);
const colour = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/iu, 'a colour such as #1a2b3c or #1a2b3c80');
const side = z.int().min(16).max(2048);
const name = z.string().min(1).max(60);
const keywords = z
  .array(z.string().min(1).max(40))
  .min(1)
  .max(20)
  .describe('What people look for when they mean it.');
const fraction = z.number().min(0).max(1);

const boxSchema = z
  .strictObject({
    left: fraction,
    top: fraction,
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  })
  .describe('Fractions of the picture, from its top left corner.');

/** Where people write on a template, and how it looks there unless they say otherwise. */
const captionSchema = z.strictObject({
  label: name.describe('What belongs there, for people.'),
  example: z.string().min(1).max(200).describe('Used in previews and as a placeholder.'),
  box: boxSchema,
  font: identifier.default('anton').describe('One of fonts/studio/fonts.json.'),
  colour: colour.default('#ffffff'),
  outline: z
    .strictObject({ width: z.number().gt(0).max(40), colour: colour.default('#000000') })
    .optional()
    .describe('Its width in pixels of a canvas 1000 pixels wide. Default: none.'),
  minSize: z
    .number()
    .min(6)
    .max(500)
    .default(14)
    .describe('Like maxSize, in pixels of a canvas 1000 pixels wide.'),
  maxSize: z.number().min(6).max(1000).default(90),
  maxLines: z.int().min(1).max(12).default(3),
  align: z.enum(['left', 'centre', 'right']).default('centre'),
  verticalAlign: z.enum(['top', 'middle', 'bottom']).default('middle'),
  upperCase: z.boolean().default(false),
  rotate: z
    .number()
    .min(-180)
    .max(180)
    .default(0)
    .describe('Degrees clockwise around the middle of the box.'),
});
export type TemplateCaption = z.output<typeof captionSchema>;

const milliseconds = z.int().min(0).max(60_000);
const trackSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keys'),
    keys: z
      .array(z.tuple([milliseconds, z.number()]))
      .min(1)
      .max(200)
      .describe('[time, value], ascending in time; the first and the last value hold before and after.'),
    ease: z
      .enum(['linear', 'smooth', 'step'])
      .default('linear')
      .describe('How it goes from one to the next.'),
  }),
  z.strictObject({
    kind: z.literal('wave'),
    low: z.number(),
    high: z.number(),
    periodMs: milliseconds.min(40),
    phase: fraction.default(0).describe('Of the period; 0 begins at `low`.'),
  }),
]);
export type TemplateTrack = z.output<typeof trackSchema>;

const animationSchema = z.strictObject({
  frames: z
    .array(
      z.strictObject({ count: z.int().min(1).max(100), delayMs: z.int().min(20).max(10_000).multipleOf(10) }),
    )
    .min(1)
    .max(100)
    .describe('Runs of frames with one delay each. Delays are multiples of 10 ms, because GIF counts so.'),
  tracks: z
    .record(identifier, trackSchema)
    .describe('The value of each `{{name}}` in the drawing, by the time at which a frame begins.'),
});
export type TemplateAnimation = z.output<typeof animationSchema>;

const campaign = identifier
  .optional()
  .describe(
    'The campaign whose key has to sign every address that shares a picture of it. Default: anybody writes such addresses.',
  );

/** `templates/<id>/template.json`: what a template's author writes. Published as JSON Schema in `templates/template.schema.json`. */
export const templateSchema = z.strictObject({
  $schema: z.string().optional(),
  id: identifier.describe('Equal to the name of the folder.'),
  name,
  keywords,
  picture: z
    .string()
    .regex(/^[\w-]+\.svg$/u, 'the name of an SVG file in the folder')
    .default('picture.svg'),
  width: side,
  height: side,
  captions: z.array(captionSchema).min(1).max(8),
  animation: animationSchema.optional().describe('Default: a still.'),
  campaign,
});
export type Template = z.output<typeof templateSchema>;

/** `stickers/stickers.json`: each is drawn in `stickers/<id>.svg`, on nothing. */
export const stickersSchema = z.strictObject({
  stickers: z
    .array(z.strictObject({ id: identifier, name, keywords }))
    .min(1)
    .max(500),
});

const fontStyle = z.enum(['condensed', 'sans', 'comic', 'serif', 'monospace', 'handwriting']);
const fontFile = z
  .string()
  .regex(/^(\.\.\/)*[\w-]+(\/[\w-]+)*\.ttf$/u, 'the path of a TTF file from fonts/studio');

/** `fonts/studio/fonts.json`. */
export const studioFontsSchema = z.strictObject({
  fonts: z
    .array(
      z.strictObject({
        id: identifier,
        name,
        style: fontStyle,
        weight: z.int().min(100).max(900),
        file: fontFile,
      }),
    )
    .min(1)
    .max(50),
  fallbacks: z
    .array(fontFile)
    .describe(
      'What lends every font the characters that it lacks, the first that has one before the others.',
    ),
});

/** Named by its content, so that it can be kept for ever. Relative to the index. */
const published = z
  .string()
  .regex(/^[a-z]+\/[a-z0-9-]+\.(webp|ttf)$/u)
  .describe('Relative to the index.');
const file = z.object({ file: published, bytes: z.int().min(1) });

/** A template as built: WebP without loss, one frame a delay; no delays for a still. */
export const publishedTemplateSchema = z.object({
  id: identifier,
  name,
  keywords,
  isAnimated: z.boolean(),
  width: side,
  height: side,
  /** Empty for a still. Multiples of 10. */
  delaysMs: z.array(z.int().min(20)),
  captions: z.array(captionSchema),
  /** Whose key has to sign the addresses that share it. */
  campaign,
  picture: file,
  /** With its examples, as people may look at it: WebP, at most 480 pixels wide or high; moves when the template does. */
  preview: file,
});
export type PublishedTemplate = z.output<typeof publishedTemplateSchema>;

export const publishedStickerSchema = z.object({
  id: identifier,
  name,
  keywords,
  width: side,
  height: side,
  /** WebP without loss, with transparency. */
  picture: file,
});
export type PublishedSticker = z.output<typeof publishedStickerSchema>;

export const publishedFontSchema = z.object({
  id: identifier,
  name,
  style: fontStyle,
  weight: z.int(),
  /** The stack: addresses of `fontFiles`. The first gives the face; of the others the first that covers a character lends it. */
  files: z.array(published).min(1),
});
export type PublishedFont = z.output<typeof publishedFontSchema>;

export const publishedFontFileSchema = file.extend({
  /** Which characters it draws: what need not be drawn need not be read. */
  coverage: coverageSchema,
  /** Whether its glyphs are coloured pictures (emoji). */
  coloured: z.boolean(),
});
export type PublishedFontFile = z.output<typeof publishedFontFileSchema>;

/** `index.json` of what the studio draws with: every template, font and sticker of this deployment. */
export const studioIndexSchema = z.object({
  templates: z.array(publishedTemplateSchema),
  fonts: z.array(publishedFontSchema),
  fontFiles: z.array(publishedFontFileSchema),
  stickers: z.array(publishedStickerSchema),
});
export type StudioIndex = z.output<typeof studioIndexSchema>;
