import { useRef, useState } from 'preact/hooks';
import { chosenFiles } from '../../photo/chosen-files.ts';
import { Icon } from '../../parts/icon.tsx';
import { refusalsAt } from '../make/refusal-place.ts';
import type { OverlayInput } from '../state/document.ts';
import { addOverlay, changeOverlay, mostLayers } from '../state/layer-edits.ts';
import { acceptedPictures } from './add-picture.ts';
import { Problems } from './fields/problems.tsx';
import { SliderField } from './fields/slider-field.tsx';
import { LayerActions } from './layer-actions.tsx';
import { newOverlayBox } from './new-overlay-box.ts';
import type { PanelProps } from './panel-props.ts';
import { RotateField } from './rotate-field.tsx';
import { TimingFields } from './timing-fields.tsx';
import { useAddedPictures } from './use-added-pictures.ts';

export function StickerPanel(props: PanelProps) {
  const { editor, library, plan, refusals } = props;
  const [search, setSearch] = useState('');
  const added = useAddedPictures(editor, plan?.canvas);
  const input = useRef<HTMLInputElement>(null);
  const overlays = editor.document.recipe.overlays ?? [];
  const selected = editor.selection?.kind === 'overlay' ? editor.selection.index : undefined;
  const overlay = selected === undefined ? undefined : overlays[selected];
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = library.stickers.filter(({ name, keywords }) => {
    const text = [name, ...keywords].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const isFull = overlays.length >= mostLayers.overlay;
  const add = (
    source: OverlayInput['source'],
    size: { readonly width: number; readonly height: number },
  ): void => {
    editor.add('overlay', addOverlay({ source, box: newOverlayBox(size, plan?.canvas, overlays) }));
  };
  return (
    <div class="ed-panel-body">
      {overlay !== undefined && selected !== undefined && (
        <section class="ed-caption ed-caption-selected" aria-label="The selected sticker">
          <LayerActions editor={editor} layer={{ kind: 'overlay', index: selected }} />
          <SliderField
            label="Opacity"
            value={Math.round((overlay.opacity ?? 1) * 100)}
            min={0}
            max={100}
            unit="%"
            onInput={(percent) => {
              editor.apply(
                changeOverlay(selected, (each) => ({
                  ...each,
                  opacity: percent === 100 ? undefined : percent / 100,
                })),
                `opacity:${selected}`,
              );
            }}
            onDone={editor.settle}
          />
          <RotateField
            editor={editor}
            layer={{ kind: 'overlay', index: selected }}
            degrees={overlay.rotate ?? 0}
          />
          <TimingFields {...props} layer={{ kind: 'overlay', index: selected }} />
          <Problems
            sentences={['source', 'box'].flatMap((control) =>
              refusalsAt(refusals, { part: 'overlays', index: selected, control }),
            )}
          />
        </section>
      )}
      <button
        type="button"
        class="ed-add"
        disabled={isFull}
        onClick={() => {
          input.current?.click();
        }}
      >
        <Icon name="picture" /> Add a picture
      </button>
      <input
        ref={input}
        class="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label="A picture to lay over"
        accept={acceptedPictures}
        multiple
        onChange={({ currentTarget }) => {
          added.add(chosenFiles(currentTarget));
        }}
      />
      <Problems sentences={added.problems} />
      <label class="ed-search">
        <Icon name="search" />
        <span class="visually-hidden">Search stickers</span>
        <input
          type="search"
          placeholder="Search stickers"
          value={search}
          onInput={({ currentTarget }) => {
            setSearch(currentTarget.value);
          }}
        />
      </label>
      {isFull && <p class="ed-hint">{mostLayers.overlay} pictures are the most that lie over one.</p>}
      {found.length === 0 && <p class="ed-hint">No sticker is called that.</p>}
      <ul class="ed-stickers">
        {found.map(({ id, name, picture, width, height }) => (
          <li key={id}>
            <button
              type="button"
              class="ed-sticker"
              disabled={isFull}
              aria-label={`Add ${name}`}
              title={name}
              onClick={() => {
                add({ kind: 'sticker', sticker: id }, { width, height });
              }}
            >
              <img src={picture} alt="" width={width} height={height} loading="lazy" decoding="async" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
