import { orderAfter, removeLayer, reorderLayer, type OrderMove } from './layer-edits.ts';
import { layerCount, type LayerRef } from './layer.ts';
import type { Editor } from './use-editor.ts';

/** Moves a layer before or behind others; it is what is selected, also where it is then. */
export function bring(editor: Editor, layer: LayerRef, move: OrderMove): void {
  const count = layerCount(editor.document.recipe, layer.kind);
  editor.apply(reorderLayer(layer, move));
  editor.select({ ...layer, index: orderAfter(layer.index, count, move) });
}

/** Removes a layer. Nothing is selected then, and not the one that comes to its place in the list. */
export function takeAway(editor: Editor, layer: LayerRef): void {
  editor.apply(removeLayer(layer));
  editor.select(undefined);
}
