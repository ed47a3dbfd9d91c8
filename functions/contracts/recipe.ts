import * as z from 'zod';

/**
 * What is made of what: one recipe gives the same picture at the same moments in every format. Times in milliseconds of the output, lengths in pixels of the
 * canvas (the picture after `geometry`), unless something else is said. Unknown keys are refused.
 */

/** `#rrggbb` or `#rrggbbaa`. */
const colour = z.string().regex(/^#[0-9a-f]{6}([0-9a-f]{2})?$/iu, 'a colour such as #1a2b3c or #1a2b3c80');
const milliseconds = z.int().min(0).max(600_000);
const side = z.int().min(1).max(4096);
const fraction = z.number().min(0).max(1);
const identifier = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'lower-case letters, digits and single hyphens')
  .max(64);
/** Answered by `POST /studio/uploads`. Nobody can guess it, and so nobody else can use it. */
const upload = z.ulid();

/** Fractions of the picture it is on, so that a recipe holds at every size: 0, 0 is its top left corner, 1, 1 its bottom right. */
const boxSchema = z.strictObject({
  left: z.number().min(-1).max(2),
  top: z.number().min(-1).max(2),
  width: z.number().gt(0).max(3),
  height: z.number().gt(0).max(3),
});
export type RecipeBox = z.infer<typeof boxSchema>;

const sourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('template'), template: identifier }),
  z.strictObject({ kind: z.literal('upload'), upload }),
  z.strictObject({
    kind: z.literal('slideshow'),
    slides: z
      .array(z.strictObject({ upload, durationMs: milliseconds.min(20) }))
      .min(2)
      .max(60),
    crossFadeMs: milliseconds.max(10_000).default(0),
    width: side.default(720),
    height: side.default(720),
    fit: z.enum(['cover', 'contain']).default('cover'),
  }),
  z.strictObject({
    kind: z.literal('colour'),
    colour,
    width: side,
    height: side,
    durationMs: milliseconds.optional().describe('Default: a still.'),
  }),
  z.strictObject({
    kind: z.literal('gradient'),
    from: colour,
    to: colour,
    angle: z
      .number()
      .min(0)
      .max(360)
      .default(180)
      .describe('Degrees, as in CSS: 180 runs from top to bottom.'),
    width: side,
    height: side,
    durationMs: milliseconds.optional().describe('Default: a still.'),
  }),
]);

const timelineSchema = z
  .strictObject({
    trim: z
      .strictObject({ fromMs: milliseconds, toMs: milliseconds.optional() })
      .optional()
      .describe('Of the source, before speed and direction. Default: all of it.'),
    speed: z.number().min(0.1).max(10).default(1),
    direction: z.enum(['forward', 'reverse', 'boomerang']).default('forward'),
    frameRate: z
      .number()
      .min(1)
      .max(60)
      .optional()
      .describe('Frames a second. Default: the frames and delays of the source.'),
    loop: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('How often it is played; 0 for ever. Movies: once, unless given.'),
    holdLastMs: milliseconds.max(30_000).default(0),
  })
  .prefault({});

const geometryStep = z.discriminatedUnion('op', [
  z.strictObject({
    op: z.literal('crop'),
    to: z.union([
      boxSchema.describe('Fractions of the picture.'),
      z.strictObject({
        aspect: z.string().regex(/^\d{1,4}:\d{1,4}$/u, 'an aspect such as 1:1 or 16:9'),
        focus: z.enum(['centre', 'attention']).default('centre'),
      }),
    ]),
  }),
  z.strictObject({
    op: z.literal('resize'),
    width: side.optional(),
    height: side.optional(),
    fit: z
      .enum(['fit', 'fill', 'cover'])
      .default('fit')
      .describe('fit keeps everything, cover fills and cuts, fill stretches.'),
  }),
  z.strictObject({
    op: z.literal('rotate'),
    degrees: z.number().min(-360).max(360),
    background: colour.default('#00000000'),
  }),
  z.strictObject({ op: z.literal('flip'), axis: z.enum(['horizontal', 'vertical']) }),
  z.strictObject({
    op: z.literal('pad'),
    top: z.int().min(0).max(2048).default(0),
    right: z.int().min(0).max(2048).default(0),
    bottom: z.int().min(0).max(2048).default(0),
    left: z.int().min(0).max(2048).default(0),
    colour: colour.default('#ffffff'),
  }),
]);
export type GeometryStep = z.infer<typeof geometryStep>;

const amount = (smallest: number, largest: number) => z.number().min(smallest).max(largest);
const lookSchema = z.discriminatedUnion('look', [
  z.strictObject({ look: z.literal('grayscale') }),
  z.strictObject({ look: z.literal('sepia') }),
  z.strictObject({ look: z.literal('invert') }),
  z.strictObject({
    look: z.literal('blur'),
    amount: amount(0.3, 100).default(5).describe('Sigma in pixels.'),
  }),
  z.strictObject({ look: z.literal('sharpen'), amount: amount(0.3, 10).default(1) }),
  z.strictObject({ look: z.literal('brightness'), amount: amount(0, 4).describe('1 changes nothing.') }),
  z.strictObject({ look: z.literal('contrast'), amount: amount(0, 4).describe('1 changes nothing.') }),
  z.strictObject({ look: z.literal('saturation'), amount: amount(0, 4).describe('1 changes nothing.') }),
  z.strictObject({ look: z.literal('hue'), degrees: amount(-360, 360) }),
  z.strictObject({ look: z.literal('tint'), colour }),
  z.strictObject({ look: z.literal('pixelate'), box: boxSchema, size: z.int().min(2).max(256).default(16) }),
  z.strictObject({ look: z.literal('vignette'), amount: amount(0, 1).default(0.5) }),
  z.strictObject({ look: z.literal('deep-fried'), amount: amount(0, 1).default(0.7) }),
]);
export type RecipeLook = z.infer<typeof lookSchema>;

/** From when to when it is seen, and how it comes and goes. */
const appearance = {
  fromMs: milliseconds.optional().describe('Default: from the beginning.'),
  toMs: milliseconds.optional().describe('Default: to the end.'),
  fadeMs: milliseconds.max(10_000).default(0).describe('How long it takes to come and to go.'),
  slide: z
    .enum(['none', 'left', 'right', 'up', 'down'])
    .default('none')
    .describe('Where it moves to as it comes, over `fadeMs`.'),
};

/** What a caption box of a template decides unless the caption does. */
const asTheBox = (otherwise: string): string =>
  `Default: that of the caption box of the template, or else ${otherwise}.`;

const captionSchema = z.strictObject({
  text: z.string().min(1).max(500),
  place: z
    .union([z.enum(['top', 'bottom', 'middle']), boxSchema, z.strictObject({ slot: z.int().min(0).max(15) })])
    .optional()
    .describe(
      'A third of the picture, a box, or a caption box of the template. Default: the box of the template with the same number, or else top.',
    ),
  font: identifier.optional().describe(asTheBox('anton')),
  minSize: z
    .number()
    .min(6)
    .max(500)
    .optional()
    .describe(`In pixels of a canvas 1000 pixels wide. ${asTheBox('14')}`),
  maxSize: z
    .number()
    .min(6)
    .max(1000)
    .optional()
    .describe(`In pixels of a canvas 1000 pixels wide. ${asTheBox('as large as fits')}`),
  maxLines: z.int().min(1).max(12).optional().describe(asTheBox('4')),
  align: z.enum(['left', 'centre', 'right']).optional().describe(asTheBox('centre')),
  verticalAlign: z.enum(['top', 'middle', 'bottom']).optional().describe(asTheBox('as the place says')),
  colour: colour.optional().describe(asTheBox('white')),
  outline: z
    .strictObject({ width: z.number().min(0).max(40).default(4), colour: colour.default('#000000') })
    .optional()
    .describe(`Its width in pixels of a canvas 1000 pixels wide. ${asTheBox('what suits the font')}`),
  shadow: z
    .strictObject({
      x: z.number().min(-100).max(100).default(4),
      y: z.number().min(-100).max(100).default(4),
      blur: z.number().min(0).max(50).default(6),
      colour: colour.default('#00000099'),
    })
    .optional(),
  background: z
    .strictObject({
      colour,
      padding: z.number().min(0).max(200).default(12),
      radius: z.number().min(0).max(200).default(0),
    })
    .optional(),
  upperCase: z.boolean().optional().describe(asTheBox('false')),
  rotate: z
    .number()
    .min(-360)
    .max(360)
    .optional()
    .describe(`Degrees clockwise. ${asTheBox('0')}`),
  ...appearance,
});
export type RecipeCaption = z.infer<typeof captionSchema>;

const overlaySchema = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('upload'), upload }),
    z.strictObject({ kind: z.literal('sticker'), sticker: identifier }),
  ]),
  box: boxSchema.describe('It is drawn as large as fits there, and keeps its aspect.'),
  rotate: z.number().min(-360).max(360).default(0),
  opacity: fraction.default(1),
  ...appearance,
});

/** Stills, animations and movies. `webp` moves when the source does and `still` is not asked for. */
export const studioFormats = ['png', 'jpeg', 'webp', 'avif', 'gif', 'mp4', 'webm'] as const;
export const studioFormatSchema = z.enum(studioFormats);
export type StudioFormat = z.infer<typeof studioFormatSchema>;

const outputSchema = z.strictObject({
  format: studioFormatSchema,
  width: z.int().min(16).max(4096).optional().describe('Default: the canvas’ own, bounded by the format.'),
  quality: z.int().min(1).max(100).default(80),
  stillAtMs: milliseconds
    .optional()
    .describe('One moment of something that moves, as a still. png, jpeg, webp and avif only.'),
  maxBytes: z
    .int()
    .min(1000)
    .max(50_000_000)
    .optional()
    .describe('The best quality, size and frame rate that fit are found.'),
  sound: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe('Where the source has it and the format can hold it.'),
  dither: z.boolean().default(false).describe('gif only.'),
  background: z
    .string()
    .regex(/^#[0-9a-f]{6}$/iu, 'an opaque colour such as #1a2b3c')
    .optional()
    .describe(
      'What is under transparent parts. Default: they stay transparent; in jpeg, mp4 and webm those of a source become white.',
    ),
});

export const recipeSchema = z.strictObject({
  version: z.literal(1).default(1),
  source: sourceSchema,
  timeline: timelineSchema,
  geometry: z.array(geometryStep).max(20).default([]).describe('In this order.'),
  looks: z.array(lookSchema).max(20).default([]).describe('In this order, under captions and overlays.'),
  captions: z.array(captionSchema).max(100).default([]),
  overlays: z.array(overlaySchema).max(20).default([]).describe('Under the captions, in this order.'),
  output: outputSchema,
});
export type Recipe = z.output<typeof recipeSchema>;
export type RecipeInput = z.input<typeof recipeSchema>;

/** The published JSON Schema of what `POST /studio/edits` takes as `recipe`. */
export const recipeJsonSchema = (): unknown =>
  z.toJSONSchema(recipeSchema, { io: 'input', target: 'draft-2020-12' });
