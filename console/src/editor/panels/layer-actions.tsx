import { Icon } from '../../parts/icon.tsx';
import {
  duplicateLayer,
  mostLayers,
  orderAfter,
  removeLayer,
  reorderLayer,
  type OrderMove,
} from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';

interface Props {
  readonly editor: Editor;
  readonly layer: LayerRef;
  readonly onEditText?: ((caption: number) => void) | undefined;
}

/** What can be done to a layer as a whole. */
export function LayerActions({ editor, layer, onEditText }: Props) {
  const { recipe } = editor.document;
  const count = ((layer.kind === 'caption' ? recipe.captions : recipe.overlays) ?? []).length;
  const reorder = (move: OrderMove): void => {
    editor.apply(reorderLayer(layer, move));
    editor.select({ ...layer, index: orderAfter(layer.index, count, move) });
  };
  return (
    <div class="ed-actions" role="toolbar" aria-label="What is selected">
      {layer.kind === 'caption' && onEditText !== undefined && (
        <button
          type="button"
          class="ed-tool"
          title="Write (Enter)"
          aria-label="Write"
          onClick={() => {
            onEditText(layer.index);
          }}
        >
          <Icon name="edit" />
        </button>
      )}
      <button
        type="button"
        class="ed-tool"
        title="Duplicate (Ctrl D)"
        aria-label="Duplicate"
        disabled={count >= mostLayers[layer.kind]}
        onClick={() => {
          editor.add(layer.kind, duplicateLayer(layer));
        }}
      >
        <Icon name="copy" />
      </button>
      <button
        type="button"
        class="ed-tool"
        title="Bring forward ( ] )"
        aria-label="Bring forward"
        disabled={layer.index >= count - 1}
        onClick={() => {
          reorder('forward');
        }}
      >
        <Icon name="forward" />
      </button>
      <button
        type="button"
        class="ed-tool"
        title="Send backward ( [ )"
        aria-label="Send backward"
        disabled={layer.index === 0}
        onClick={() => {
          reorder('backward');
        }}
      >
        <Icon name="backward" />
      </button>
      <button
        type="button"
        class="ed-tool ed-tool-bad"
        title="Delete (Del)"
        aria-label="Delete"
        onClick={() => {
          editor.apply(removeLayer(layer));
          editor.select(undefined);
        }}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
