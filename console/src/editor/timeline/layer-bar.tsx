import { changeTiming, longestFadeMs } from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import { spanAfter, type BarGrip, type Span } from './bar-after.ts';
import { snapMoment } from './snap-moment.ts';
import { secondsOf } from './time-words.ts';
import { useDrag } from './use-drag.ts';

interface Props {
  readonly editor: Editor;
  readonly layer: LayerRef;
  readonly name: string;
  readonly isSelected: boolean;
  readonly span: Span;
  readonly fadeMs: number;
  /** When everything ends. */
  readonly durationMs: number;
  /** What the whole width of the track is. */
  readonly viewMs: number;
  /** What ends of bars snap to. */
  readonly moments: readonly number[];
  readonly perPixel: () => number;
  /** Something is taken hold of. */
  readonly onHold: () => void;
}

interface Held {
  readonly span: Span;
  readonly fadeMs: number;
  readonly key: string;
}

/** Screen pixels within which a moment attracts. */
const reach = 6;
const keyStepMs = { small: 10, large: 100 } as const;
let drags = 0;

/** When a layer is seen: a bar with a handle at each end, and one for how long it fades. */
export function LayerBar(props: Props) {
  const { editor, layer, name, isSelected, span, fadeMs, durationMs, viewMs, moments, perPixel, onHold } =
    props;
  const { fromMs, toMs } = span;
  const setSpan = (next: Span, key?: string): void => {
    editor.apply(
      changeTiming(layer, {
        fromMs: next.fromMs <= 0 ? undefined : next.fromMs,
        // A bar that reaches the end says nothing of it, unless nothing else says when the end is.
        toMs: next.toMs >= Math.floor(durationMs) && viewMs === durationMs ? undefined : next.toMs,
      }),
      key,
    );
  };
  const hold = (): Held => {
    drags += 1;
    onHold();
    editor.select(layer);
    return { span, fadeMs, key: `bar:${drags}` };
  };
  const snapped = (next: Span, grip: BarGrip): Span => {
    const reachMs = reach * perPixel();
    if (grip === 'from') {
      return spanAfter(next, 'from', snapMoment(next.fromMs, moments, reachMs) - next.fromMs, viewMs);
    }
    if (grip === 'to') {
      return spanAfter(next, 'to', snapMoment(next.toMs, moments, reachMs) - next.toMs, viewMs);
    }
    const start = snapMoment(next.fromMs, moments, reachMs) - next.fromMs;
    const end = snapMoment(next.toMs, moments, reachMs) - next.toMs;
    return spanAfter(next, 'all', start !== 0 ? start : end, viewMs);
  };
  const drag = (grip: BarGrip) =>
    useDrag<Held>({
      perPixel,
      onStart: hold,
      onMove: (before, by, { altKey }) => {
        const moved = spanAfter(before.span, grip, by, viewMs);
        if (Math.abs(by) > perPixel()) {
          setSpan(altKey ? moved : snapped(moved, grip), before.key);
        }
      },
      onEnd: editor.settle,
    });
  const all = drag('all');
  const ends = { from: drag('from'), to: drag('to') };
  const fade = useDrag<Held>({
    perPixel,
    onStart: hold,
    onMove: (before, by) => {
      setFade(before.fadeMs + by, before.key);
    },
    onEnd: editor.settle,
  });
  const setFade = (wantedMs: number, key?: string): void => {
    const most = Math.min(longestFadeMs, (toMs - fromMs) / 2);
    const next = Math.round(Math.min(Math.max(0, wantedMs), most) / 10) * 10;
    editor.apply(
      changeTiming(layer, {
        fadeMs: next === 0 ? undefined : next,
        ...(next === 0 ? { slide: undefined } : {}),
      }),
      key,
    );
  };
  const onKey = (move: (byMs: number) => void) => (event: KeyboardEvent) => {
    const sign = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (sign !== 0) {
      event.preventDefault();
      event.stopPropagation();
      move(sign * (event.shiftKey ? keyStepMs.large : keyStepMs.small));
    }
  };
  const lengthMs = Math.max(1, toMs - fromMs);
  const fadePart = `${(Math.min(fadeMs, lengthMs / 2) / lengthMs) * 100}%`;
  return (
    <div
      class={`ed-bar ed-bar-${layer.kind}${isSelected ? ' ed-bar-selected' : ''}`}
      style={{
        left: `${(fromMs / viewMs) * 100}%`,
        width: `${(lengthMs / viewMs) * 100}%`,
        '--fade': fadePart,
      }}
    >
      <button
        type="button"
        class="ed-bar-body"
        aria-pressed={isSelected}
        aria-label={`${name}, seen from ${secondsOf(fromMs)} to ${secondsOf(toMs)}. Arrow keys move it.`}
        {...all}
        onClick={() => {
          editor.select(layer);
        }}
        onKeyDown={onKey((by) => {
          setSpan(spanAfter(span, 'all', by, viewMs), `bar:keys:${layer.kind}${layer.index}`);
        })}
        onBlur={editor.settle}
      >
        <span class="ed-bar-name">{name}</span>
      </button>
      {(['from', 'to'] as const).map((end) => (
        <span
          key={end}
          class={`ed-bar-end ed-bar-end-${end}`}
          role="slider"
          tabIndex={0}
          aria-label={`${name} ${end === 'from' ? 'comes at' : 'goes at'}`}
          aria-valuemin={0}
          aria-valuemax={Math.round(viewMs)}
          aria-valuenow={Math.round(span[`${end}Ms`])}
          aria-valuetext={secondsOf(span[`${end}Ms`])}
          {...ends[end]}
          onKeyDown={onKey((by) => {
            setSpan(spanAfter(span, end, by, viewMs), `bar:keys:${end}${layer.kind}${layer.index}`);
          })}
          onBlur={editor.settle}
        />
      ))}
      {isSelected && (
        <span
          class="ed-bar-fade"
          role="slider"
          tabIndex={0}
          aria-label={`${name} fades for`}
          aria-valuemin={0}
          aria-valuemax={Math.round(lengthMs / 2)}
          aria-valuenow={fadeMs}
          aria-valuetext={secondsOf(fadeMs)}
          title="Fade"
          style={{ left: fadePart }}
          {...fade}
          onKeyDown={onKey((by) => {
            setFade(fadeMs + by, `bar:keys:fade${layer.kind}${layer.index}`);
          })}
          onBlur={editor.settle}
        />
      )}
    </div>
  );
}
