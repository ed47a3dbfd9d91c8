import { Icon } from '../../parts/icon.tsx';
import { bring, takeAway } from '../state/arrange.ts';
import { duplicateLayer, mostLayers } from '../state/layer-edits.ts';
import { layerCount, type LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';

interface Props {
  readonly editor: Editor;
  readonly layer: LayerRef;
  readonly onEditText?: ((caption: number) => void) | undefined;
}

/** What can be done to a layer as a whole. */
export function LayerActions({ editor, layer, onEditText }: Props) {
  const count = layerCount(editor.document.recipe, layer.kind);
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
          bring(editor, layer, 'forward');
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
          bring(editor, layer, 'backward');
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
          takeAway(editor, layer);
        }}
      >
        <Icon name="trash" />
      </button>
    </div>
  );
}
