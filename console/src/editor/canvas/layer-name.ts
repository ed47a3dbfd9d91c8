import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { LayerRef } from '../state/layer.ts';

const longest = 40;

/** What a layer is called, for people. */
export function layerName(recipe: RecipeInput, { kind, index }: LayerRef): string {
  if (kind === 'caption') {
    const text = recipe.captions?.[index]?.text.trim() ?? '';
    return text === '' ? `Text ${index + 1}, empty` : `Text “${shortened(text)}”`;
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
