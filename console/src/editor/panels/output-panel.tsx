import type { RecipeInput, StudioFormat } from '../../../../functions/contracts/recipe.ts';
import { inBytes } from '../../photo/in-bytes.ts';
import { noteInWords } from '../make/note-in-words.ts';
import { refusalsAt } from '../make/refusal-place.ts';
import type { PreviewEstimate } from '../preview/preview.ts';
import {
  canBeStill,
  changeOutput,
  chooseFormat,
  movingFormats,
  stillFormats,
} from '../state/output-edits.ts';
import { changeTimeline } from '../state/timeline-edits.ts';
import { playedDuration, sourceDuration } from '../timeline/source-time.ts';
import { secondsOf } from '../timeline/time-words.ts';
import { ChoiceField } from './fields/choice-field.tsx';
import { ColourField } from './fields/colour-field.tsx';
import { Problems } from './fields/problems.tsx';
import { SliderField } from './fields/slider-field.tsx';
import { SwitchField } from './fields/switch-field.tsx';
import type { PanelProps } from './panel-props.ts';
import { useSampledSize } from './use-sampled-size.ts';

const names: Readonly<Record<StudioFormat, readonly [name: string, still: string, moving: string]>> = {
  jpeg: ['JPEG', 'Photos, small', ''],
  png: ['PNG', 'Exact, see-through', ''],
  webp: ['WebP', 'Small, see-through', 'Small, for the web'],
  avif: ['AVIF', 'Smallest', ''],
  gif: ['GIF', '', 'Moves everywhere'],
  mp4: ['MP4', '', 'Sharp and small'],
  webm: ['WebM', '', 'For the web'],
};

const widths = [320, 480, 720, 1080] as const;
const limits = [1, 2, 5, 8, 10, 25] as const;
const rates = [10, 15, 24, 30, 60] as const;
const megabyte = 1_000_000;
/** How long something is seen that comes and says nothing of its end. */
const afterComingMs = 2000;
const exactFormat: StudioFormat = 'png';

/** What it is made as, and what that will be like. */
export function OutputPanel({
  editor,
  plan,
  refusals,
  player,
  preview,
  estimate,
  notes,
}: PanelProps & {
  readonly estimate: PreviewEstimate | undefined;
  readonly notes: readonly string[];
}) {
  const { recipe } = editor.document;
  const { output } = recipe;
  const { format, quality = 80, width, maxBytes, stillAtMs } = output;
  const happens =
    recipe.source.kind === 'slideshow' ||
    (plan?.sources.some(({ probed }) => probed.kind !== 'still') ?? false) ||
    [...(recipe.captions ?? []), ...(recipe.overlays ?? [])].some(
      ({ fromMs = 0, toMs, fadeMs = 0 }) => fromMs > 0 || toMs !== undefined || fadeMs > 0,
    ) ||
    (plan?.layers.some((layer) => layer.kind === 'overlay' && layer.probed.kind !== 'still') ?? false);
  const isStill = stillAtMs !== undefined || (!happens && canBeStill(format));
  const change = (part: Partial<typeof output>, key?: string): void => {
    editor.apply(changeOutput(part), key);
  };
  const problems = (...controls: readonly string[]): string[] =>
    controls.flatMap((control) => refusalsAt(refusals, { part: 'output', control }));
  const audio = plan?.sources.some(({ probed }) => probed.audio !== undefined) ?? false;
  const isTransparent = plan?.sources.some(({ probed }) => probed.hasTransparency) ?? false;

  return (
    <div class="ed-panel-body">
      <Estimate plan={plan} preview={preview} estimate={estimate} maxBytes={maxBytes} />
      {happens && (
        <ChoiceField
          label="What you get"
          value={isStill ? 'still' : 'moving'}
          options={[
            { value: 'moving', label: 'Moving' },
            { value: 'still', label: 'One moment' },
          ]}
          onChange={(value) => {
            editor.apply(
              value === 'moving' ? chooseFormat('gif', undefined) : chooseFormat('jpeg', player.atMs),
            );
          }}
        />
      )}
      {isStill && happens && (
        <SliderField
          label="Which moment"
          value={(stillAtMs ?? 0) / 1000}
          min={0}
          max={Math.max(1, Math.floor(momentsMs(recipe, plan) - 1), stillAtMs ?? 0) / 1000}
          step={0.01}
          unit="s"
          onInput={(value) => {
            change({ stillAtMs: Math.round(value * 1000) }, 'stillAtMs');
          }}
          onDone={editor.settle}
        />
      )}
      <Problems sentences={problems('stillAtMs')} />
      <ChoiceField
        label="Format"
        kind="cards"
        value={format}
        options={(isStill ? stillFormats : movingFormats).map((value) => ({
          value,
          label: names[value][0],
          hint: names[value][isStill ? 1 : 2],
        }))}
        onChange={(value) => {
          editor.apply(chooseFormat(value, isStill && happens ? (stillAtMs ?? player.atMs) : undefined));
        }}
      />
      {!happens && (
        <p class="ed-hint">
          Nothing moves. Under “Time” the texts can be made to appear one after the other.
        </p>
      )}
      <Problems sentences={problems('format')} />
      <ChoiceField
        label="Width"
        kind="chips"
        value={width ?? 0}
        options={[
          { value: 0, label: 'As it is' },
          ...widths.map((value) => ({ value, label: `${value}` })),
          ...(width === undefined || widths.some((each) => each === width)
            ? []
            : [{ value: width, label: `${width}` }]),
        ]}
        onChange={(value) => {
          change({ width: value === 0 ? undefined : value });
        }}
      />
      <SliderField
        label="Exact width"
        value={width ?? plan?.canvas.width ?? 720}
        min={16}
        max={Math.max(2048, width ?? 0, plan?.canvas.width ?? 0)}
        unit="px"
        onInput={(value) => {
          change({ width: Math.round(value) }, 'width');
        }}
        onDone={editor.settle}
      />
      <Problems sentences={problems('width')} />
      {format !== exactFormat && (
        <SliderField
          label="Quality"
          value={quality}
          min={1}
          max={100}
          onInput={(value) => {
            change({ quality: value === 80 ? undefined : Math.round(value) }, 'quality');
          }}
          onDone={editor.settle}
        />
      )}
      {!isStill && happens && (
        <ChoiceField
          label="Pictures a second"
          kind="chips"
          value={recipe.timeline?.frameRate ?? 0}
          options={[
            { value: 0, label: 'As it is' },
            ...rates.map((value) => ({ value, label: `${value}` })),
            ...(recipe.timeline?.frameRate === undefined ||
            rates.some((each) => each === recipe.timeline?.frameRate)
              ? []
              : [{ value: recipe.timeline.frameRate, label: `${recipe.timeline.frameRate}` }]),
          ]}
          onChange={(value) => {
            editor.apply(changeTimeline({ frameRate: value === 0 ? undefined : value }));
          }}
        />
      )}
      <Problems sentences={refusalsAt(refusals, { part: 'timeline', control: 'frameRate' })} />
      <ChoiceField
        label="Fit into"
        kind="chips"
        value={maxBytes === undefined ? 0 : maxBytes / megabyte}
        options={[
          { value: 0, label: 'Any size' },
          ...limits.map((value) => ({ value, label: `${value} MB` })),
          ...(maxBytes === undefined || limits.some((each) => each * megabyte === maxBytes)
            ? []
            : [{ value: maxBytes / megabyte, label: inBytes(maxBytes) }]),
        ]}
        onChange={(value) => {
          change({ maxBytes: value === 0 ? undefined : Math.round(value * megabyte) });
        }}
      >
        <p class="ed-hint">The best quality, size and number of pictures that fit are found.</p>
      </ChoiceField>
      {maxBytes !== undefined && (
        <SliderField
          label="At most"
          value={maxBytes / megabyte}
          min={0.05}
          max={50}
          step={0.05}
          unit="MB"
          onInput={(value) => {
            change({ maxBytes: Math.round(value * megabyte) }, 'maxBytes');
          }}
          onDone={editor.settle}
        />
      )}
      <Problems sentences={problems('maxBytes')} />
      {format === 'gif' && (
        <SwitchField
          label="Smooth colours"
          hint="Dots between the 256 colours of a GIF: softer, but larger."
          isOn={output.dither ?? false}
          onChange={(isOn) => {
            change({ dither: isOn ? true : undefined });
          }}
        />
      )}
      {audio && (format === 'mp4' || format === 'webm') && (
        <SwitchField
          label="Keep the sound"
          isOn={(output.sound ?? 'keep') === 'keep'}
          onChange={(isOn) => {
            change({ sound: isOn ? undefined : 'drop' });
          }}
        />
      )}
      {(isTransparent || output.background !== undefined) && (
        <SwitchField
          label="Fill what is see-through"
          isOn={output.background !== undefined}
          onChange={(isOn) => {
            change({ background: isOn ? '#ffffff' : undefined });
          }}
        >
          <ColourField
            label="Filled with"
            value={output.background ?? '#ffffff'}
            onInput={(background) => {
              change({ background }, 'background');
            }}
            onDone={editor.settle}
          />
        </SwitchField>
      )}
      <Problems sentences={problems('dither', 'background', 'sound', 'quality')} />
      {notes.length > 0 && (
        <ul class="ed-notes">
          {notes.map((note) => (
            <li key={note} class="ed-hint">
              {noteInWords(note)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** How long what is shown would last, if it were not one moment of it. */
function momentsMs(recipe: RecipeInput, plan: PanelProps['plan']): number {
  const sourceMs = sourceDuration(recipe, plan);
  return sourceMs > 0
    ? playedDuration(recipe, sourceMs)
    : Math.max(
        ...[...(recipe.captions ?? []), ...(recipe.overlays ?? [])].map(
          ({ fromMs = 0, toMs }) => toMs ?? fromMs + afterComingMs,
        ),
      );
}

function Estimate({
  plan,
  preview,
  estimate,
  maxBytes,
}: Pick<PanelProps, 'plan' | 'preview'> & {
  readonly estimate: PreviewEstimate | undefined;
  readonly maxBytes: number | undefined;
}) {
  const bytes = useSampledSize(preview, plan, estimate?.bytes);
  if (plan === undefined || estimate === undefined) {
    return null;
  }
  const { canvas, frames, durationMs, isMoving } = plan;
  return (
    <dl class="ed-estimate" aria-label="What it will be like">
      <div>
        <dt>Size</dt>
        <dd>
          {bytes === undefined
            ? 'One moment …'
            : maxBytes !== undefined && maxBytes < bytes
              ? `at most ${inBytes(maxBytes)}`
              : `≈ ${inBytes(bytes)}`}
        </dd>
      </div>
      <div>
        <dt>Picture</dt>
        <dd>
          {canvas.width} × {canvas.height}
        </dd>
      </div>
      {isMoving && (
        <div>
          <dt>Length</dt>
          <dd>
            {secondsOf(durationMs)}, {frames.length} {frames.length === 1 ? 'frame' : 'frames'}
          </dd>
        </div>
      )}
      <div>
        <dt>Made in</dt>
        <dd>
          ≈{' '}
          {estimate.milliseconds < 1000
            ? 'a second'
            : secondsOf(Math.ceil(estimate.milliseconds / 1000) * 1000)}
        </dd>
      </div>
    </dl>
  );
}
