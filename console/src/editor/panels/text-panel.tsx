import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Icon } from '../../parts/icon.tsx';
import { captionLabel } from '../canvas/layer-name.ts';
import { longestText } from '../canvas/text-in-place.tsx';
import { refusalsAt } from '../make/refusal-place.ts';
import { slotOf } from '../state/caption-look.ts';
import type { CaptionInput } from '../state/document.ts';
import { addCaption, changeCaption, mostLayers } from '../state/layer-edits.ts';
import { CaptionFields } from './caption-fields.tsx';
import { Problems } from './fields/problems.tsx';
import type { PanelProps } from './panel-props.ts';

/** The first place where nothing is yet: top and bottom as memes have them, then the middle. Boxes of templates are mostly at the top. */
function nextPlace(captions: readonly CaptionInput[]): 'top' | 'bottom' | 'middle' {
  const taken = new Set(captions.map(({ place }) => (typeof place === 'object' ? 'top' : (place ?? 'top'))));
  return (['top', 'bottom', 'middle'] as const).find((place) => !taken.has(place)) ?? 'middle';
}

export function TextPanel(props: PanelProps) {
  const { editor, library, slots, refusals } = props;
  const captions = editor.document.recipe.captions ?? [];
  const selected = editor.selection?.kind === 'caption' ? editor.selection.index : undefined;
  const list = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  useEffect(() => {
    if (focusNext.current) {
      focusNext.current = false;
      const fields = list.current?.querySelectorAll('textarea');
      fields?.item(fields.length - 1).focus();
    }
  }, [captions.length]);
  useEffect(() => {
    list.current?.querySelector('.ed-caption-selected')?.scrollIntoView({ block: 'start' });
  }, [selected]);
  const caption = selected === undefined ? undefined : captions[selected];
  // Letters change nothing about how they look: the controls are not compared with each of them.
  const fields = useMemo(
    () =>
      caption !== undefined &&
      selected !== undefined && <CaptionFields {...props} caption={caption} index={selected} />,
    [
      selected,
      JSON.stringify({ ...caption, text: '' }),
      captions.length,
      JSON.stringify(refusals),
      library,
      slots,
    ],
  );
  return (
    <div class="ed-panel-body" ref={list}>
      {captions.length === 0 && <p class="ed-hint">Nothing is written yet.</p>}
      {captions.map((caption, index) => {
        const slot = slotOf(caption, slots);
        const isSelected = selected === index;
        const label = captionLabel(editor.document.recipe, index, slots);
        return (
          <section
            key={index}
            class={`ed-caption${isSelected ? ' ed-caption-selected' : ''}`}
            aria-label={label}
          >
            <label class="ed-field">
              <span class="ed-label">{label}</span>
              <textarea
                class="ed-textarea"
                value={caption.text}
                maxLength={longestText}
                rows={2}
                placeholder={slot?.example ?? 'Say something'}
                onFocus={() => {
                  editor.select({ kind: 'caption', index });
                }}
                onInput={({ currentTarget }) => {
                  const { value } = currentTarget;
                  editor.apply(
                    changeCaption(index, (each) => ({ ...each, text: value })),
                    `text:${index}`,
                  );
                }}
                onBlur={editor.settle}
              />
            </label>
            <Problems sentences={refusalsAt(refusals, { part: 'captions', index, control: 'text' })} />
            {isSelected && fields}
          </section>
        );
      })}
      <button
        type="button"
        class="ed-add"
        disabled={captions.length >= mostLayers.caption}
        onClick={() => {
          focusNext.current = true;
          editor.add('caption', addCaption({ text: '', place: nextPlace(captions) }));
        }}
      >
        <Icon name="plus" /> Add text
      </button>
    </div>
  );
}
