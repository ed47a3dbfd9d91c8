import * as z from 'zod';
import { coverageSchema } from './coverage.ts';
import { outputFormatSchema } from './picture-type.ts';

const identifier = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'lower-case letters, digits and single hyphens')
  .max(64);
const colour = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/iu, 'a colour such as #1a2b3c or #1a2b3c80');
const pixels = z.int().min(1).max(4096);
const file = z
  .string()
  .regex(/^[\w-]+(\/[\w-]+)*\.[a-z0-9]+$/iu, 'a relative path inside the campaign folder');

const boxSchema = z
  .strictObject({ left: z.int(), top: z.int(), width: pixels, height: pixels })
  .describe('A rectangle in pixels of the variant, from its top left corner.');

const imageLayerSchema = z.strictObject({
  type: z.literal('image'),
  source: file.describe(
    'PNG, JPEG, WebP or SVG; SVG is drawn when the campaign is compiled, never on Lambda.',
  ),
  box: boxSchema.optional().describe('Where it is drawn, stretched to fit. Default: the whole variant.'),
  opacity: z.number().min(0).max(1).default(1),
});

const photoLayerSchema = z.strictObject({
  type: z.literal('photo'),
  box: boxSchema,
  shape: z
    .union([z.literal('rectangle'), z.literal('circle'), z.strictObject({ mask: file })])
    .default('rectangle')
    .describe(
      '`mask` is a picture whose alpha (or lightness, when it has none) cuts the photo; stretched to the box.',
    ),
  focus: z
    .union([
      z.literal('centre'),
      z.literal('attention'),
      z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }),
    ])
    .default('attention')
    .describe(
      'What stays in view when the photo is cropped to cover the box; a point is a fraction of the photo.',
    ),
});

const textLayerSchema = z.strictObject({
  type: z.literal('text'),
  text: z
    .string()
    .min(1)
    .max(280)
    .describe(
      'What is drawn; `{slot}` is replaced by what the person wrote in that slot. An empty result draws nothing.',
    ),
  box: boxSchema,
  font: identifier.describe('One of `fonts`.'),
  minSize: z.number().min(8).max(1000),
  maxSize: z.number().min(8).max(1000),
  maxLines: z.int().min(1).max(12).default(1),
  lineHeight: z.number().min(0.7).max(3).default(1.1),
  letterSpacing: z.number().min(-0.2).max(1).default(0).describe('In ems.'),
  align: z.enum(['left', 'centre', 'right']).default('centre'),
  verticalAlign: z.enum(['top', 'middle', 'bottom']).default('middle'),
  upperCase: z.boolean().default(false),
  colour: colour.default('#ffffff'),
  outline: z.strictObject({ width: z.number().min(0.5).max(40), colour }).optional(),
});

const layerSchema = z.discriminatedUnion('type', [imageLayerSchema, photoLayerSchema, textLayerSchema]);
export type ImageLayer = z.infer<typeof imageLayerSchema>;
export type PhotoLayer = z.infer<typeof photoLayerSchema>;
export type TextLayer = z.infer<typeof textLayerSchema>;
export type Layer = z.infer<typeof layerSchema>;

const variantSchema = z.strictObject({
  id: identifier,
  label: z.string().min(1).max(60),
  width: pixels,
  height: pixels,
  format: outputFormatSchema,
  quality: z.int().min(1).max(100).default(82).describe('Ignored for PNG.'),
  background: colour.default('#000000'),
  layers: z.array(layerSchema).min(1).max(40).describe('Bottom to top.'),
});
export type Variant = z.infer<typeof variantSchema>;

const slotSchema = z.strictObject({
  id: identifier,
  label: z.string().min(1).max(60),
  hint: z.string().max(140).optional(),
  example: z.string().min(1).max(140).describe('Used in previews and as a placeholder.'),
  required: z.boolean().default(true),
  maxLength: z.int().min(1).max(140).describe('In characters as people count them (grapheme clusters).'),
});
export type Slot = z.infer<typeof slotSchema>;

const fontSchema = z.strictObject({
  id: identifier,
  family: z.string().min(1).max(80).describe('The family name inside the font file.'),
  weight: z.int().min(100).max(900).default(400),
  files: z
    .array(file)
    .min(1)
    .describe(
      'TTF or OTF. The first gives the face; the others cover characters that it lacks (another script, emoji).',
    ),
});

const limitsSchema = z.strictObject({
  maxBytes: z.int().min(1024).max(50_000_000).default(20_000_000),
  maxPixels: z
    .int()
    .min(10_000)
    .max(100_000_000)
    .default(50_000_000)
    .describe('Width × height of the upload.'),
  minPixelsPerSide: z.int().min(1).max(4096).default(64),
  uploadsPerMinute: z.int().min(1).max(10_000).default(10).describe('For one client address.'),
});
export type CampaignLimits = z.infer<typeof limitsSchema>;

/** `campaigns/<id>/campaign.json`: what a campaign's author writes. Published as JSON Schema in `campaigns/campaign.schema.json`. */
export const campaignSchema = z.strictObject({
  $schema: z.string().optional(),
  id: identifier.describe('Equal to the name of the folder.'),
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(400),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  limits: limitsSchema.prefault({}),
  fonts: z.array(fontSchema).max(8).default([]),
  slots: z.array(slotSchema).max(12),
  variants: z.array(variantSchema).min(1).max(8),
  previewPhoto: file
    .optional()
    .describe('The photo shown in previews. Default: a neutral portrait drawn by Fanfare.'),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** SHA-256 of the compiled campaign's content, first 16 hexadecimal digits: same content, same version. */
const versionSchema = z.string().regex(/^[0-9a-f]{16}$/u);

/**
 * A compiled campaign, as published to the assets bucket under `campaigns/<id>/<version>/campaign.json`, beside the files it names.
 * File names are relative to that folder; every image is PNG (with its layer's final size), fonts are as the author gave them.
 */
export const compiledCampaignSchema = campaignSchema.extend({ version: versionSchema });
export type CompiledCampaign = z.infer<typeof compiledCampaignSchema>;

/** One entry of `campaigns/index.json`: what the edge needs to judge a request without reading fonts or images. */
export const publishedCampaignSchema = z.object({
  id: identifier,
  version: versionSchema,
  title: z.string(),
  description: z.string(),
  opensAt: z.iso.datetime(),
  closesAt: z.iso.datetime(),
  limits: limitsSchema,
  /** `coverage` is the intersection of the font stacks in which the slot is drawn (after upper-casing where a layer asks for it). */
  slots: z.array(slotSchema.extend({ coverage: coverageSchema, upperCased: z.boolean() })),
  variants: z.array(
    variantSchema.pick({ id: true, label: true, width: true, height: true, format: true }).extend({
      /** Root-relative address of the rendered example. */
      previewUrl: z.string(),
    }),
  ),
});
export type PublishedCampaign = z.infer<typeof publishedCampaignSchema>;

/** `campaigns/index.json` in the assets bucket: every campaign of this deployment, at its current version. */
export const campaignIndexSchema = z.object({ campaigns: z.array(publishedCampaignSchema) });
export type CampaignIndex = z.infer<typeof campaignIndexSchema>;

/** `GET /personalise/campaigns/{id}`: an open campaign as clients see it. */
export const campaignViewSchema = publishedCampaignSchema.extend({ slots: z.array(slotSchema) });
export type CampaignView = z.infer<typeof campaignViewSchema>;

/** `GET /personalise/campaigns`. */
export const campaignListSchema = z.object({ campaigns: z.array(campaignViewSchema) });
export type CampaignList = z.infer<typeof campaignListSchema>;
