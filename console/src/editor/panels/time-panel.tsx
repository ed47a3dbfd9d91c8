import { Icon } from '../../parts/icon.tsx';
import { refusalsAt } from '../make/refusal-place.ts';
import { changeTimeline } from '../state/timeline-edits.ts';
import { appearOneByOne } from '../state/animate.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SliderField } from './fields/slider-field.tsx';
import type { PanelProps } from './panel-props.ts';
import { SlideFields } from './slide-fields.tsx';

const speeds = [0.25, 0.5, 1, 1.5, 2, 4] as const;

/** How fast, which way and how often it is played; of a slideshow, which slides for how long. */
export function TimePanel(props: PanelProps) {
  const { editor, plan, refusals } = props;
  const { recipe } = editor.document;
  const timeline = recipe.timeline ?? {};
  const { speed = 1, direction = 'forward', loop = 0, holdLastMs = 0 } = timeline;
  const moves =
    recipe.source.kind === 'slideshow' ||
    (plan?.sources.some(({ probed }) => probed.kind !== 'still') ?? false);
  const isMoving = plan?.isMoving ?? false;
  const captions = recipe.captions ?? [];
  // How many pictures a second are asked about, and refused, where the format is.
  const elsewhere = refusalsAt(refusals, { part: 'timeline', control: 'frameRate' });
  const problems = refusalsAt(refusals, { part: 'timeline' }).filter((each) => !elsewhere.includes(each));
  return (
    <div class="ed-panel-body">
      {recipe.source.kind === 'slideshow' && <SlideFields {...props} source={recipe.source} />}
      {!moves && !isMoving && (
        <div class="ed-empty">
          <p>This is a still picture.</p>
          <p class="ed-hint">Let the texts come one after the other, and it becomes an animation.</p>
          <button
            type="button"
            class="ed-button"
            disabled={captions.length === 0}
            onClick={() => {
              editor.apply(appearOneByOne);
            }}
          >
            <Icon name="play" /> Let the texts appear
          </button>
        </div>
      )}
      {moves && (
        <>
          <ChoiceField
            label="Speed"
            kind="chips"
            value={speed}
            options={speeds.map((value) => ({ value, label: `${value}×` }))}
            onChange={(value) => {
              editor.apply(changeTimeline({ speed: value }));
            }}
          />
          <SliderField
            label="Speed, finely"
            value={speed}
            min={0.1}
            max={Math.max(4, speed)}
            step={0.05}
            unit="×"
            onInput={(value) => {
              editor.apply(changeTimeline({ speed: Math.round(value * 100) / 100 }), 'speed');
            }}
            onDone={editor.settle}
          />
          <ChoiceField
            label="Direction"
            kind="cards"
            value={direction}
            options={[
              { value: 'forward', label: 'Forward', icon: 'play' },
              { value: 'reverse', label: 'Backward', icon: 'reverse' },
              { value: 'boomerang', label: 'To and fro', icon: 'boomerang' },
            ]}
            onChange={(value) => {
              editor.apply(changeTimeline({ direction: value }));
            }}
          />
        </>
      )}
      {(moves || isMoving) && (
        <>
          <ChoiceField
            label="Played"
            kind="chips"
            value={loop}
            options={[
              { value: 0, label: 'For ever' },
              { value: 1, label: 'Once' },
              { value: 2, label: 'Twice' },
              { value: 3, label: '3 times' },
            ]}
            onChange={(value) => {
              editor.apply(changeTimeline({ loop: value }));
            }}
          >
            <p class="ed-hint">A movie is played once unless a number is chosen.</p>
          </ChoiceField>
          <SliderField
            label="Hold the last picture"
            value={holdLastMs / 1000}
            min={0}
            max={Math.max(5, holdLastMs / 1000)}
            step={0.1}
            unit="s"
            onInput={(value) => {
              editor.apply(changeTimeline({ holdLastMs: Math.round(value * 1000) }), 'hold');
            }}
            onDone={editor.settle}
          />
        </>
      )}
      <Problems sentences={problems} />
    </div>
  );
}
