import { changeTiming } from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import { SliderField } from './fields/slider-field.tsx';

export function RotateField({
  editor,
  layer,
  degrees,
}: {
  readonly editor: Editor;
  readonly layer: LayerRef;
  /** In effect. */
  readonly degrees: number;
}) {
  return (
    <SliderField
      label="Turn"
      value={Math.round(degrees)}
      min={-180}
      max={180}
      unit="°"
      onInput={(value) => {
        editor.apply(changeTiming(layer, { rotate: value }), `rotate:${layer.kind}${layer.index}`);
      }}
      onDone={editor.settle}
    />
  );
}
