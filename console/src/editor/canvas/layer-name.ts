import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { slotOf } from '../state/caption-look.ts';
import type { LayerRef } from '../state/layer.ts';

const longest = 40;

/** What belongs in a caption: as the template says, or else its number. */
export function captionLabel(recipe: RecipeInput, index: number, slots: TemplateView['captions']): string {
  const caption = recipe.captions?.[index];
  return (caption && slotOf(caption, slots)?.label) ?? `Text ${index + 1}`;
}

/** What a layer is called, for people. */
export function layerName(
  recipe: RecipeInput,
  { kind, index }: LayerRef,
  slots: TemplateView['captions'],
): string {
  if (kind === 'caption') {
    const text = recipe.captions?.[index]?.text.trim() ?? '';
    return text === '' ? `${captionLabel(recipe, index, slots)}, empty` : `Text “${shortened(text)}”`;
  }
  const source = recipe.overlays?.[index]?.source;
  return source?.kind === 'sticker'
    ? `Sticker ${source.sticker.replaceAll('-', ' ')}`
    : `Picture ${index + 1}`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
