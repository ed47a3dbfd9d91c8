import type { Preview } from '../preview/preview.ts';
import type { Box } from './box.ts';
import type { LayerBox } from './layer-boxes.ts';

/**
 * Where a caption's letters are at a moment, upright; undefined of what has none.
 *
 * @param captions for each caption of the plan's recipe the index that it has in the editor
 */
export const lettersAt = (
  preview: Preview,
  { layer, isEmpty }: LayerBox,
  captions: readonly number[],
  atMs: number,
): Box | undefined =>
  layer.kind === 'caption' && !isEmpty ? preview.captionBox(captions.indexOf(layer.index), atMs) : undefined;
