import { useEffect, useRef, useState } from 'preact/hooks';
import type { Plan } from '../../../../functions/studio/domain/plan.ts';
import { frameAt } from '../canvas/frame-at.ts';
import { layerName } from '../canvas/layer-name.ts';
import { Icon } from '../../parts/icon.tsx';
import type { createPreview } from '../preview/preview.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';
import { isSameLayer, layerAt, layersOf } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import { ClipStrip } from './clip-strip.tsx';
import { FrameCells } from './frame-cells.tsx';
import { LayerBar } from './layer-bar.tsx';
import type { Player } from './player.ts';
import { sourceDuration } from './source-time.ts';
import { rulerStep, secondsOf, tickLabel } from './time-words.ts';
import { Transport } from './transport.tsx';
import { useScrub } from './use-scrub.ts';
import { useWidth } from './use-width.ts';

interface Props {
  readonly editor: Editor;
  readonly library: StudioLibrary;
  readonly slots: TemplateView['captions'];
  readonly player: Player;
  readonly plan: Plan;
  readonly create: typeof createPreview;
}

const zooms = [1, 2, 4, 8, 16] as const;
/** Screen pixels between two numbers of the ruler. */
const rulerRoom = 68;
/** Of a step: a number that begins later than that before the end would be cut. */
const tickRoom = 0.45;
/** How much longer the track is than a still’s animation: room to drag its end to. */
const roomAfterStill = 1.25;

/** What happens when: the clip with its trim handles, the ruler, the frames, and a bar for every caption and overlay. */
export function Timeline({ editor, library, slots, player, plan, create }: Props) {
  const { recipe } = editor.document;
  const [zoom, setZoom] = useState<number>(1);
  const tracks = useRef<HTMLDivElement>(null);
  const width = useWidth(tracks);
  const sourceMs = sourceDuration(recipe, plan);
  const { durationMs } = plan;
  const viewMs = Math.max(1, sourceMs > 0 ? durationMs : durationMs * roomAfterStill);
  // What nothing is written in is in no result, and at no time.
  const layers = layersOf(recipe)
    .filter(({ kind, index }) => kind === 'overlay' || recipe.captions?.[index]?.text.trim() !== '')
    .toReversed();

  const { selection } = editor;
  useEffect(() => {
    tracks.current
      ?.querySelector('.ed-bar-selected')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selection?.kind, selection?.index]);
  useEffect(() => {
    const update = (): void => {
      tracks.current?.style.setProperty('--at', `${(player.atMs / viewMs) * 100}%`);
    };
    update();
    return player.subscribe(update);
  }, [player, viewMs]);

  const perPixel = (): number => viewMs / Math.max(1, width);
  const scrub = useScrub(tracks, player, (part) => part * viewMs);
  const stepFrames = (by: number): void => {
    const next = plan.frames[Math.min(plan.frames.length - 1, Math.max(0, frameAt(plan, player.atMs) + by))];
    player.pause();
    player.seek(next?.atMs ?? 0);
  };
  const step = rulerStep(viewMs, Math.max(1, width / rulerRoom));
  const spans = layers.map((layer) => {
    const { fromMs = 0, toMs, fadeMs = 0 } = layerAt(recipe, layer) ?? {};
    return { layer, fadeMs, span: { fromMs, toMs: Math.max(fromMs + 1, toMs ?? durationMs) } };
  });
  const momentsBut = (index: number): number[] => [
    0,
    durationMs,
    player.atMs,
    ...spans.flatMap(({ span }, at) => (at === index ? [] : [span.fromMs, span.toMs])),
  ];

  return (
    <section class="ed-timeline" aria-label="Timeline">
      <div class="ed-timeline-head">
        <Transport player={player} />
        <span class="ed-zoom" role="group" aria-label="Zoom of the timeline">
          {([-1, 1] as const).map((by) => {
            const next = zooms[zooms.findIndex((each) => each === zoom) + by];
            return (
              <button
                key={by}
                type="button"
                class="ed-tool"
                aria-label={by < 0 ? 'Show more time' : 'Show it larger'}
                disabled={next === undefined}
                onClick={() => {
                  setZoom(next ?? zoom);
                }}
              >
                <Icon name={by < 0 ? 'minus' : 'plus'} />
              </button>
            );
          })}
        </span>
      </div>
      {sourceMs > 0 && (
        <div class="ed-clip">
          <ClipStrip
            editor={editor}
            library={library}
            player={player}
            create={create}
            sourceMs={sourceMs}
            aspect={plan.canvas.width / plan.canvas.height}
          />
        </div>
      )}
      <div class="ed-scroll">
        <div ref={tracks} class="ed-tracks" style={{ width: `${zoom * 100}%` }}>
          <div
            class="ed-ruler"
            role="slider"
            tabIndex={0}
            aria-label="Moment that is shown"
            aria-valuemin={0}
            aria-valuemax={Math.round(durationMs)}
            aria-valuenow={Math.round(player.atMs)}
            aria-valuetext={secondsOf(player.atMs)}
            {...scrub}
            onKeyDown={(event) => {
              const moves: Readonly<Record<string, () => void>> = {
                ArrowLeft: () => {
                  stepFrames(event.shiftKey ? -10 : -1);
                },
                ArrowRight: () => {
                  stepFrames(event.shiftKey ? 10 : 1);
                },
                Home: () => {
                  player.seek(0);
                },
                End: () => {
                  player.seek(durationMs);
                },
              };
              const move = moves[event.key];
              if (move !== undefined) {
                event.preventDefault();
                event.stopPropagation();
                move();
              }
            }}
          >
            {Array.from({ length: Math.max(1, Math.ceil(viewMs / step - tickRoom)) }, (_, index) => (
              <span key={index} class="ed-tick" style={{ left: `${((index * step) / viewMs) * 100}%` }}>
                {tickLabel(index * step)}
              </span>
            ))}
          </div>
          <FrameCells plan={plan} player={player} viewMs={viewMs} width={width} />
          <ul class="ed-bars">
            {spans.map(({ layer, span, fadeMs }, index) => (
              <li key={`${layer.kind}${layer.index}`} class="ed-bar-row">
                <LayerBar
                  editor={editor}
                  layer={layer}
                  name={layerName(recipe, layer, slots)}
                  isSelected={isSameLayer(layer, selection)}
                  span={span}
                  fadeMs={fadeMs}
                  durationMs={durationMs}
                  viewMs={viewMs}
                  moments={momentsBut(index)}
                  perPixel={perPixel}
                  onHold={() => {
                    player.pause();
                  }}
                />
              </li>
            ))}
          </ul>
          <span class="ed-head" />
        </div>
      </div>
    </section>
  );
}
