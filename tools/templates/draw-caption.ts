import { recipeSchema } from '../../functions/contracts/recipe.ts';
import type { Template, TemplateCaption } from '../../functions/contracts/template.ts';
import type { PlacedPicture } from '../../functions/kernel/drawing/paint-text.ts';
import { createFonts } from '../../functions/studio/adapters/library-fonts.ts';
import { type CaptionFont, drawCaption as draw } from '../../functions/studio/adapters/sharp-caption.ts';
import { makePlan } from '../../functions/studio/domain/make-plan.ts';
import { publishFonts, type StudioFont } from './studio-fonts.ts';

type FontOf = (id: string, text: string) => Promise<CaptionFont>;
const known = new WeakMap<readonly StudioFont[], FontOf>();

const examples = new WeakMap<TemplateCaption, Promise<PlacedPicture | undefined>>();

/** The example in the caption box `slot` of a template, which is drawn once: to see whether it fits, and for the preview. Throws as `drawCaption` does. */
export async function drawExample(
  template: Template,
  slot: number,
  fonts: readonly StudioFont[],
): Promise<PlacedPicture | undefined> {
  const caption = template.captions[slot];
  if (caption === undefined) {
    throw new Error(`${template.id} has no caption ${slot}`);
  }
  const drawn = examples.get(caption) ?? drawCaption(template, slot, caption.example, fonts);
  examples.set(caption, drawn);
  return await drawn;
}

/**
 * `text` in the caption box `slot` of a template, as the service draws it when a recipe says nothing else. Throws PermanentError('text-does-not-fit').
 */
export async function drawCaption(
  template: Template,
  slot: number,
  text: string,
  fonts: readonly StudioFont[],
): Promise<PlacedPicture | undefined> {
  const { id, width, height } = template;
  const recipe = recipeSchema.parse({
    source: { kind: 'template', template: id },
    captions: [{ text, place: { slot } }],
    output: { format: 'png' },
  });
  const { layers } = makePlan(recipe, {
    probes: new Map([[`template:${id}`, { ...anyPicture, width, height }]]),
    templates: new Map([[id, { ...template, isAnimated: template.animation !== undefined }]]),
    fonts: new Set(fonts.map((font) => font.id)),
  });
  const caption = layers.find((layer) => layer.kind === 'caption');
  return caption && (await draw(caption, await fontOf(fonts)(caption.font, caption.text)));
}

/** Captions do not depend on what they are drawn on. */
const anyPicture = {
  kind: 'still',
  contentType: 'image/webp',
  delaysMs: [],
  durationMs: 0,
  hasTransparency: false,
  audio: undefined,
  colour: '8 bits, sRGB',
  bytes: 1,
} as const;

/** The service reads fonts from the library that is built; here they are at hand. */
export function fontOf(fonts: readonly StudioFont[]): FontOf {
  const made = known.get(fonts);
  if (made !== undefined) {
    return made;
  }
  const { bytes, ...published } = publishFonts(fonts);
  const making = createFonts({
    index: async () => ({ templates: [], stickers: [], ...published }),
    file: async (file) => {
      const found = bytes.get(file);
      if (found === undefined) {
        throw new Error(`There is no font file ${file}`);
      }
      return found;
    },
  });
  known.set(fonts, making);
  return making;
}
