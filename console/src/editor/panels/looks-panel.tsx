import { useEffect, useRef, useState } from 'preact/hooks';
import { refusalsAt } from '../make/refusal-place.ts';
import type { createPreview } from '../preview/preview.ts';
import { isWhole, wholeBox } from '../state/fractions.ts';
import { lookOf, removeAllLooks, removeLook, setLook, type LookName } from '../state/look-edits.ts';
import { ColourField } from './fields/colour-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SliderField } from './fields/slider-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import { amountOf, choiceOf, lookChoices, withAmount } from './look-list.ts';
import type { PanelProps } from './panel-props.ts';
import { paintSamples } from './paint-samples.ts';

/** What is hidden first, when only a part is to be: about where a face is. */
const aPart = { left: 0.35, top: 0.2, width: 0.3, height: 0.3 } as const;

export function LooksPanel(props: PanelProps & { readonly create: typeof createPreview }) {
  const { editor, refusals } = props;
  const looks = editor.document.recipe.looks ?? [];
  const [opened, setOpened] = useState<LookName | undefined>(looks.at(-1)?.look);
  const canvases = useSamples(props);
  const open = opened === undefined ? undefined : lookOf(looks, opened);
  const choice = open && choiceOf(open.look);
  const problems = looks.flatMap((_, index) => refusalsAt(refusals, { part: 'looks', index }));

  return (
    <div class="ed-panel-body">
      <ul class="ed-looks">
        {lookChoices.map(({ name, look }) => {
          const isOn = lookOf(looks, look.look) !== undefined;
          return (
            <li key={look.look}>
              <button
                type="button"
                class="ed-look"
                aria-pressed={isOn}
                onClick={() => {
                  if (isOn && opened !== look.look) {
                    setOpened(look.look);
                  } else if (isOn) {
                    editor.apply(removeLook(look.look));
                    setOpened(undefined);
                  } else {
                    editor.apply(setLook(look));
                    setOpened(look.look);
                  }
                }}
              >
                <canvas
                  ref={(canvas) => {
                    if (canvas !== null) {
                      canvases.current.set(look.look, canvas);
                    }
                  }}
                  width={1}
                  height={1}
                />
                <span>{name}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {open !== undefined && choice !== undefined && (
        <section class="ed-caption ed-caption-selected" aria-label={choice.name}>
          <div class="ed-field-head">
            <strong>{choice.name}</strong>
            <button
              type="button"
              class="ed-link"
              onClick={() => {
                editor.apply(removeLook(open.look));
                setOpened(undefined);
              }}
            >
              Remove
            </button>
          </div>
          {choice.amount !== undefined && (
            <SliderField
              label={choice.amount.label}
              value={Math.round((amountOf(open, choice.amount) / choice.amount.factor) * 10) / 10}
              min={choice.amount.min}
              max={choice.amount.max}
              step={choice.amount.step}
              unit={choice.amount.unit}
              onInput={(value) => {
                if (choice.amount !== undefined) {
                  editor.apply(setLook(withAmount(open, choice.amount, value)), `look:${open.look}`);
                }
              }}
              onDone={editor.settle}
            />
          )}
          {open.look === 'tint' && (
            <ColourField
              label="Colour of the tint"
              value={open.colour}
              onInput={(colour) => {
                editor.apply(setLook({ ...open, colour }), 'look:tint');
              }}
              onDone={editor.settle}
            />
          )}
          {open.look === 'pixelate' && (
            <SwitchField
              label="Only a part"
              hint="A face, a name: drag the frame over it."
              isOn={!isWhole(open.box)}
              onChange={(isPart) => {
                editor.apply(setLook({ ...open, box: isPart ? aPart : wholeBox }));
              }}
            />
          )}
        </section>
      )}
      {looks.length > 1 && (
        <button
          type="button"
          class="ed-link"
          onClick={() => {
            editor.apply(removeAllLooks);
            setOpened(undefined);
          }}
        >
          Remove all looks
        </button>
      )}
      <Problems sentences={problems} />
    </div>
  );
}

/** Paints every look on the picture of this moment, one after the other, while nothing else is to be done. */
function useSamples({
  editor,
  library,
  player,
  create,
}: PanelProps & { readonly create: typeof createPreview }) {
  const canvases = useRef(new Map<LookName, HTMLCanvasElement>());
  const { source, geometry } = editor.document.recipe;
  const ground = JSON.stringify([source, geometry]);
  useEffect(() => {
    const controller = new AbortController();
    const preview = create((upload) => editor.files.get(upload)?.blob, library);
    void paintSamples(preview, editor.document.recipe, player.atMs, canvases.current, controller.signal);
    return () => {
      controller.abort();
      preview.close();
    };
    // The same picture has the same samples.
  }, [ground]);
  return canvases;
}
