import { Icon } from '../../parts/icon.tsx';
import { refusalsAt } from '../make/refusal-place.ts';
import { editRecipe } from '../state/document.ts';
import { boxOfAspect, cropTo, mirror, padBy, readFrame, turnClockwise } from '../state/frame-edits.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { ColourField } from './fields/colour-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SliderField } from './fields/slider-field.tsx';
import { naturalSize } from './natural-size.ts';
import type { PanelProps } from './panel-props.ts';

const aspects = [
  ['1:1', 'Square'],
  ['4:5', 'Portrait'],
  ['9:16', 'Story'],
  ['16:9', 'Wide'],
  ['4:3', 'Classic'],
  ['3:2', 'Photo'],
] as const;

/** `all`: nothing is cut; `free`: any shape; otherwise width to height, `16:9`. */
export type AspectChoice = 'all' | 'free' | (typeof aspects)[number][0];

export const aspectOf = (choice: AspectChoice): number | undefined => {
  const [across, down] = choice.split(':').map(Number);
  return across === undefined || down === undefined ? undefined : across / down;
};

const longestPad = 2048;
const sides = ['top', 'bottom', 'left', 'right'] as const;

export interface FrameProps {
  readonly aspect: AspectChoice;
  readonly onAspect: (aspect: AspectChoice) => void;
  /** Whether all of the picture is shown with a frame around what is kept; otherwise what comes out is shown. */
  readonly isCutting: boolean;
  readonly onCutting: (isCutting: boolean) => void;
}

/** How the picture is cut, turned and framed. While it is open, the stage shows all of the picture with the frame of what is kept. */
export function FramePanel({
  editor,
  isCutting,
  onCutting,
  plan,
  refusals,
  aspect,
  onAspect,
}: PanelProps & FrameProps) {
  const { recipe } = editor.document;
  const { crop, pad } = readFrame(recipe.geometry);
  const { source } = recipe;
  const size = plan && naturalSize(recipe, plan);
  const choose = (choice: AspectChoice): void => {
    onAspect(choice);
    onCutting(true);
    if (choice === 'all') {
      editor.apply(cropTo(undefined));
      return;
    }
    const ratio = aspectOf(choice);
    if (ratio !== undefined && size !== undefined) {
      // Of the whole picture, not of what is left of it.
      const whole = { width: size.width / (crop?.width ?? 1), height: size.height / (crop?.height ?? 1) };
      editor.apply(cropTo(boxOfAspect(ratio, whole)));
    }
  };
  const padColour = pad?.colour ?? '#ffffff';
  const setPad = (side: (typeof sides)[number], percent: number): void => {
    onCutting(false);
    if (size !== undefined) {
      const length = side === 'top' || side === 'bottom' ? size.height : size.width;
      const pixels = Math.min(longestPad, Math.round((length * percent) / 100));
      editor.apply(
        padBy({
          colour: padColour,
          top: pad?.top,
          right: pad?.right,
          bottom: pad?.bottom,
          left: pad?.left,
          [side]: pixels === 0 ? undefined : pixels,
        }),
        `pad:${side}`,
      );
    }
  };
  return (
    <div class="ed-panel-body">
      <ChoiceField
        label="Shape"
        kind="chips"
        value={aspect}
        options={[
          { value: 'all', label: 'All of it' },
          { value: 'free', label: 'Free' },
          ...aspects.map(([value, label]) => ({ value, label: `${label} ${value}` })),
        ]}
        onChange={choose}
      >
        {isCutting ? (
          <p class="ed-hint">Drag the frame on the picture to choose what is kept.</p>
        ) : (
          <button
            type="button"
            class="ed-button"
            onClick={() => {
              onCutting(true);
            }}
          >
            <Icon name="crop" /> Choose what is kept
          </button>
        )}
      </ChoiceField>
      <Problems sentences={refusalsAt(refusals, { part: 'geometry' })} />
      <div class="ed-field" role="group" aria-label="Turn and mirror">
        <span class="ed-label">Turn</span>
        <div class="ed-buttons">
          <button
            type="button"
            class="ed-button"
            onClick={() => {
              editor.apply(turnClockwise);
              onAspect(crop === undefined ? 'all' : 'free');
            }}
          >
            <Icon name="turn-right" /> Turn right
          </button>
          <button
            type="button"
            class="ed-button"
            onClick={() => {
              editor.apply(mirror);
            }}
          >
            <Icon name="mirror" /> Mirror
          </button>
        </div>
      </div>
      <div class="ed-group">
        <h3 class="ed-group-title">Room around the picture</h3>
        <p class="ed-hint">A bar above it, to write on.</p>
        {sides.map((side) => (
          <SliderField
            key={side}
            label={{ top: 'Above', bottom: 'Below', left: 'On the left', right: 'On the right' }[side]}
            value={
              size === undefined
                ? 0
                : Math.round(
                    ((pad?.[side] ?? 0) / (side === 'top' || side === 'bottom' ? size.height : size.width)) *
                      100,
                  )
            }
            min={0}
            max={100}
            unit="%"
            onInput={(percent) => {
              setPad(side, percent);
            }}
            onDone={editor.settle}
          />
        ))}
        {pad !== undefined && (
          <ColourField
            label="Colour of the room"
            value={padColour}
            onInput={(colour) => {
              const { op: _, ...rest } = pad;
              editor.apply(padBy({ ...rest, colour }), 'pad:colour');
            }}
            onDone={editor.settle}
          />
        )}
      </div>
      {source.kind === 'colour' && (
        <ColourField
          label="Ground"
          value={source.colour}
          onInput={(colour) => {
            editor.apply(
              editRecipe((each) => ({ ...each, source: { ...source, colour } })),
              'ground',
            );
          }}
          onDone={editor.settle}
        />
      )}
      {source.kind === 'gradient' && (
        <>
          {(['from', 'to'] as const).map((end) => (
            <ColourField
              key={end}
              label={end === 'from' ? 'Ground, from' : 'Ground, to'}
              value={source[end]}
              onInput={(colour) => {
                editor.apply(
                  editRecipe((each) => ({ ...each, source: { ...source, [end]: colour } })),
                  `ground:${end}`,
                );
              }}
              onDone={editor.settle}
            />
          ))}
          <SliderField
            label="Direction of the gradient"
            value={source.angle ?? 180}
            min={0}
            max={360}
            unit="°"
            onInput={(angle) => {
              editor.apply(
                editRecipe((each) => ({ ...each, source: { ...source, angle } })),
                'ground:angle',
              );
            }}
            onDone={editor.settle}
          />
        </>
      )}
      <Problems sentences={source.kind === 'slideshow' ? [] : refusalsAt(refusals, { part: 'source' })} />
    </div>
  );
}
