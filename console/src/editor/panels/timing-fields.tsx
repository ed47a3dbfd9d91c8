import { refusalsAt } from '../make/refusal-place.ts';
import { layerAt, type LayerRef, type LayerTiming } from '../state/layer.ts';
import { changeTiming, longestFadeMs } from '../state/layer-edits.ts';
import { withMotion } from '../state/with-motion.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SecondsField } from './fields/seconds-field.tsx';
import { Section } from './fields/section.tsx';
import { SliderField } from './fields/slider-field.tsx';
import type { PanelProps } from './panel-props.ts';

const longestMs = 600_000;
/** What a slide takes unless somebody chooses: it needs some time. */
const usualFadeMs = 300;

/** When a layer is seen, and how it comes and goes. */
export function TimingFields({ editor, refusals, layer }: PanelProps & { readonly layer: LayerRef }) {
  const { fromMs, toMs, fadeMs = 0, slide = 'none' } = layerAt(editor.document.recipe, layer) ?? {};
  const key = `timing:${layer.kind}${layer.index}`;
  const change = (timing: LayerTiming, mergeKey?: string): void => {
    const edit = changeTiming(layer, timing);
    const comesAndGoes = (timing.fromMs ?? timing.toMs ?? timing.fadeMs) !== undefined;
    editor.apply(comesAndGoes ? withMotion(edit) : edit, mergeKey);
  };
  const problems = (['fromMs', 'toMs', 'fadeMs'] as const).flatMap((control) =>
    refusalsAt(refusals, {
      part: layer.kind === 'caption' ? 'captions' : 'overlays',
      index: layer.index,
      control,
    }),
  );
  return (
    <Section title="When it is seen" isOpen={fromMs !== undefined || toMs !== undefined || fadeMs > 0}>
      <div class="ed-pair">
        <SecondsField
          label="From"
          value={fromMs}
          otherwise="start"
          max={longestMs}
          onChange={(value) => {
            change({ fromMs: value === 0 ? undefined : value });
          }}
        />
        <SecondsField
          label="To"
          value={toMs}
          otherwise="end"
          max={longestMs}
          onChange={(value) => {
            change({ toMs: value });
          }}
        />
      </div>
      <SliderField
        label="Fade in and out"
        value={fadeMs}
        min={0}
        max={Math.max(2000, fadeMs)}
        step={50}
        unit="ms"
        onInput={(value) => {
          const fade = Math.min(longestFadeMs, value);
          change(
            {
              fadeMs: fade === 0 ? undefined : fade,
              ...(fade === 0 && slide !== 'none' ? { slide: undefined } : {}),
            },
            key,
          );
        }}
        onDone={editor.settle}
      />
      <ChoiceField
        label="Slides in"
        kind="chips"
        value={slide}
        options={[
          { value: 'none', label: 'No' },
          { value: 'up', label: 'Up' },
          { value: 'down', label: 'Down' },
          { value: 'left', label: 'Left' },
          { value: 'right', label: 'Right' },
        ]}
        onChange={(value) => {
          change({
            slide: value === 'none' ? undefined : value,
            ...(value !== 'none' && fadeMs === 0 ? { fadeMs: usualFadeMs } : {}),
          });
        }}
      />
      <Problems sentences={problems} />
    </Section>
  );
}
