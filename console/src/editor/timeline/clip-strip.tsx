import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { createPreview, Thumbnail } from '../preview/preview.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import { trimTo } from '../state/timeline-edits.ts';
import type { Editor } from '../state/use-editor.ts';
import type { Player } from './player.ts';
import { outputMoment, sourceMoment, trimOf } from './source-time.ts';
import { secondsOf } from './time-words.ts';
import { useDrag } from './use-drag.ts';
import { useScrub } from './use-scrub.ts';
import { useThumbnails } from './use-thumbnails.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly editor: Editor;
  readonly library: StudioLibrary;
  readonly player: Player;
  readonly create: typeof createPreview;
  readonly sourceMs: number;
  /** Width to height of the picture. */
  readonly aspect: number;
}

const height = 44;
const leastMs = 40;
const keyStepMs = { small: 10, large: 100 } as const;
let drags = 0;

/** All of the source as pictures, with a handle at each end of what is kept. */
export function ClipStrip({ editor, library, player, create, sourceMs, aspect }: Props) {
  const strip = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const width = useWidth(strip);
  const { recipe } = editor.document;
  const { fromMs, toMs } = trimOf(recipe, sourceMs);
  const count = width === 0 ? 0 : Math.min(40, Math.max(1, Math.ceil(width / (height * aspect))));
  const thumbnails = useThumbnails(create, editor.files, library, recipe, count, height * 2);
  const newest = useRef(recipe);
  newest.current = recipe;

  useEffect(() => {
    const update = (): void => {
      head.current?.style.setProperty(
        'left',
        `${(sourceMoment(newest.current, sourceMs, player.atMs) / Math.max(1, sourceMs)) * 100}%`,
      );
    };
    update();
    return player.subscribe(update);
  }, [player, sourceMs, recipe]);

  const trim = (end: 'from' | 'to', momentMs: number, key?: string): void => {
    const next =
      end === 'from'
        ? { from: Math.min(Math.max(0, momentMs), toMs - leastMs), to: toMs }
        : { from: fromMs, to: Math.max(Math.min(sourceMs, momentMs), fromMs + leastMs) };
    player.pause();
    editor.apply(trimTo(next.from, next.to, sourceMs), key);
    const isFirst = (end === 'from') !== (recipe.timeline?.direction === 'reverse');
    player.seek(isFirst ? 0 : player.durationMs);
  };
  const perPixel = (): number => sourceMs / Math.max(1, width);
  const scrub = useScrub(strip, player, (part) => outputMoment(recipe, sourceMs, part * sourceMs));
  return (
    <div ref={strip} class="ed-strip" {...scrub}>
      <div class="ed-strip-pictures" aria-hidden="true">
        {thumbnails.map((thumbnail) => (
          <Picture key={thumbnail.atMs} thumbnail={thumbnail} />
        ))}
      </div>
      <span class="ed-strip-cut" style={{ left: '0', width: `${(fromMs / sourceMs) * 100}%` }} />
      <span class="ed-strip-cut" style={{ right: '0', width: `${(1 - toMs / sourceMs) * 100}%` }} />
      <span
        class="ed-strip-kept"
        style={{ left: `${(fromMs / sourceMs) * 100}%`, right: `${(1 - toMs / sourceMs) * 100}%` }}
      />
      <span ref={head} class="ed-strip-head" />
      {(['from', 'to'] as const).map((end) => (
        <TrimHandle
          key={end}
          end={end}
          valueMs={end === 'from' ? fromMs : toMs}
          sourceMs={sourceMs}
          perPixel={perPixel}
          onTrim={(momentMs, key) => {
            trim(end, momentMs, key);
          }}
          onDone={editor.settle}
        />
      ))}
    </div>
  );
}

function TrimHandle({
  end,
  valueMs,
  sourceMs,
  perPixel,
  onTrim,
  onDone,
}: {
  readonly end: 'from' | 'to';
  readonly valueMs: number;
  readonly sourceMs: number;
  readonly perPixel: () => number;
  readonly onTrim: (momentMs: number, key?: string) => void;
  readonly onDone: () => void;
}) {
  const drag = useDrag({
    perPixel,
    onStart: () => {
      drags += 1;
      return { valueMs, key: `trim:${drags}` };
    },
    onMove: (before, by) => {
      onTrim(before.valueMs + by, before.key);
    },
    onEnd: onDone,
  });
  return (
    <span
      class={`ed-trim ed-trim-${end}`}
      role="slider"
      tabIndex={0}
      aria-label={end === 'from' ? 'The clip begins at' : 'The clip ends at'}
      aria-valuemin={0}
      aria-valuemax={Math.round(sourceMs)}
      aria-valuenow={Math.round(valueMs)}
      aria-valuetext={secondsOf(valueMs)}
      style={{ left: `${(valueMs / sourceMs) * 100}%` }}
      {...drag}
      onKeyDown={(event) => {
        const sign =
          event.key === 'ArrowRight' || event.key === 'ArrowUp'
            ? 1
            : event.key === 'ArrowLeft' || event.key === 'ArrowDown'
              ? -1
              : 0;
        if (sign !== 0) {
          event.preventDefault();
          event.stopPropagation();
          onTrim(valueMs + sign * (event.shiftKey ? keyStepMs.large : keyStepMs.small), `trim:${end}`);
        }
      }}
      onBlur={onDone}
    />
  );
}

function Picture({ thumbnail: { picture } }: { readonly thumbnail: Thumbnail }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null && picture.width > 0) {
      canvas.current.width = picture.width;
      canvas.current.height = picture.height;
      canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
    }
  }, [picture]);
  return <canvas ref={canvas} class="ed-strip-picture" />;
}
