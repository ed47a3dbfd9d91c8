import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import type { Preview } from '../preview/preview.ts';
import { addCaption } from '../state/layer-edits.ts';
import { isSameLayer } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import type { Player } from '../timeline/player.ts';
import { useMoment } from '../timeline/use-moment.ts';
import type { Size } from './box.ts';
import { CropFrame, type CropProps } from './crop-frame.tsx';
import { frameAt, isSeenAt } from './frame-at.ts';
import { layerBoxes, type LayerBox } from './layer-boxes.ts';
import { captionLabel, layerName } from './layer-name.ts';
import { lettersAt } from './letters-at.ts';
import { placedStyle } from './placed-style.ts';
import { SelectionFrame } from './selection-frame.tsx';
import { TextInPlace } from './text-in-place.tsx';
import type { Shown } from './use-preview.ts';
import { useStageGestures } from './use-stage-gestures.ts';

interface Props {
  readonly editor: Editor;
  readonly preview: Preview;
  readonly shown: Shown;
  readonly player: Player;
  readonly slots: TemplateView['captions'];
  /** The caption that is written in place. */
  readonly editing: number | undefined;
  readonly onEditText: (caption: number | undefined) => void;
  /** While the picture is cut: all of it is on the canvas, and nothing lies over it. */
  readonly crop: CropProps | undefined;
  readonly onPaintError: (error: unknown) => void;
}

/** Small pictures are shown larger, but not so large that they are nothing but squares. */
const mostScale = 3;

/** The picture, what lies over it, and everything that hands can do there. */
export function Stage({
  editor,
  preview,
  shown,
  player,
  slots,
  editing,
  onEditText,
  crop,
  onPaintError,
}: Props) {
  const [room, stage] = useRoom();
  const paper = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { plan, captions, round } = shown;
  const { recipe } = editor.document;
  const size: Size = plan?.canvas ?? { width: 1, height: 1 };
  const scale = Math.min(room.width / size.width, room.height / size.height, mostScale);
  const boxes = plan === undefined || crop !== undefined ? [] : layerBoxes(recipe, plan, captions, slots);

  usePainting(preview, canvas, shown, player, onPaintError);

  const lettersOf = (box: LayerBox) => lettersAt(preview, box, captions, player.atMs);
  const isSeen = (box: LayerBox): boolean => plan !== undefined && isSeenAt(box, plan, captions, player.atMs);
  const gestures = useStageGestures(
    plan === undefined || crop !== undefined
      ? undefined
      : {
          recipe,
          slots,
          canvas: size,
          boxes,
          lettersOf,
          isSeen,
          scale,
          origin: () => {
            const { x = 0, y = 0 } = paper.current?.getBoundingClientRect() ?? {};
            return { x, y };
          },
          editor,
          onEditText,
          onWriteAt: ({ y }) => {
            const third = y < size.height / 3 ? 'top' : y < (size.height * 2) / 3 ? 'middle' : 'bottom';
            editor.add('caption', addCaption({ text: '', place: third }));
            onEditText((recipe.captions ?? []).length);
          },
          onTouch: () => {
            player.pause();
            onEditText(undefined);
          },
        },
  );
  const selected = boxes.find(({ layer }) => isSameLayer(layer, editor.selection));
  const edited = boxes.find(({ layer }) => layer.kind === 'caption' && layer.index === editing);
  const isFaint = useMoment(
    player,
    ({ atMs }) => plan !== undefined && selected !== undefined && !isSeenAt(selected, plan, captions, atMs),
  );

  const isPlaying = useMoment(player, (each) => each.isPlaying);
  useFocusKept(stage, boxes.length, edited !== undefined);

  return (
    <div
      ref={stage}
      class={`ed-stage${gestures.isDragging ? ' ed-stage-dragging' : ''}`}
      data-stage
      tabIndex={-1}
      role="group"
      aria-label="The picture and what lies over it"
      onPointerDown={gestures.onPointerDown}
      onPointerMove={gestures.onPointerMove}
      onPointerUp={gestures.onPointerUp}
      onPointerCancel={gestures.onPointerUp}
      onPointerLeave={gestures.onPointerLeave}
    >
      {round === 0 && (
        <p class="ed-opening waiting" role="status">
          Opening …
        </p>
      )}
      <div
        ref={paper}
        class={`ed-paper${plan === undefined ? ' ed-paper-none' : ''}`}
        style={{ width: `${size.width * scale}px`, height: `${size.height * scale}px` }}
        data-round={round}
      >
        <canvas ref={canvas} class="ed-canvas" role="img" aria-label="What you make, as it will look" />
        {boxes.map((box) => (
          <LayerFrame
            key={`${box.layer.kind}${box.layer.index}`}
            box={box}
            name={layerName(recipe, box.layer, slots)}
            label={box.isEmpty ? captionLabel(recipe, box.layer.index, slots) : undefined}
            scale={scale}
            isSelected={isSameLayer(box.layer, editor.selection)}
            isHovered={!gestures.isDragging && isSameLayer(box.layer, gestures.hovered) && isSeen(box)}
            isHidden={isPlaying || box.layer.index === editing}
            onFocus={() => {
              editor.select(box.layer);
            }}
          />
        ))}
        {gestures.guides.map(({ axis, at }) => (
          <span
            key={`${axis}${at}`}
            class={`ed-guide ed-guide-${axis}`}
            style={axis === 'x' ? { left: `${at * scale}px` } : { top: `${at * scale}px` }}
          />
        ))}
        {plan !== undefined && selected !== undefined && edited === undefined && (
          <SelectionFrame
            key={`${selected.layer.kind}${selected.layer.index}`}
            box={selected}
            scale={scale}
            isFaint={isFaint}
            onGrip={gestures.onGrip}
          />
        )}
        {edited !== undefined && editing !== undefined && (
          <TextInPlace
            key={editing}
            index={editing}
            box={edited}
            lines={preview.captionLines(captions.indexOf(editing), player.atMs)}
            scale={scale}
            editor={editor}
            slots={slots}
            onDone={() => {
              onEditText(undefined);
            }}
          />
        )}
        {crop !== undefined && plan !== undefined && <CropFrame {...crop} size={size} scale={scale} />}
      </div>
    </div>
  );
}

/** What had the focus may have gone: then what is selected has it, or else the stage, so that keys go on from there. */
function useFocusKept(
  stage: { readonly current: HTMLElement | null },
  layers: number,
  isWriting: boolean,
): void {
  const before = useRef({ layers, isWriting });
  useLayoutEffect(() => {
    const isGone = before.current.layers > layers || (before.current.isWriting && !isWriting);
    before.current = { layers, isWriting };
    if (isGone && document.activeElement === document.body) {
      const selected = stage.current?.querySelector<HTMLElement>('.ed-layer[aria-pressed="true"]');
      (selected ?? stage.current)?.focus({ preventScroll: true });
    }
  }, [layers, isWriting]);
}

/** How much room there is for the picture, in screen pixels. */
function useRoom() {
  const stage = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) {
      return undefined;
    }
    const measure = (): void => {
      const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element);
      setRoom({
        width: Math.max(
          1,
          element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
        ),
        height: Math.max(
          1,
          element.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom),
        ),
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [room, stage] as const;
}

/** Paints when there is something else to see: another plan, or another frame of it. */
function usePainting(
  preview: Preview,
  canvas: { readonly current: HTMLCanvasElement | null },
  { plan, round }: Shown,
  player: Player,
  onError: (error: unknown) => void,
): void {
  useLayoutEffect(() => {
    let last: number | undefined;
    const paint = (): void => {
      const now = plan && frameAt(plan, player.atMs);
      if (canvas.current === null || now === undefined || now === last) {
        return;
      }
      last = now;
      preview.paint(canvas.current, player.atMs).catch(onError);
    };
    paint();
    return player.subscribe(paint);
    // `round` says that the preview has something new, also where the plan is the same.
  }, [preview, plan, round, player]);
}

function LayerFrame({
  box: placed,
  name,
  label,
  scale,
  isSelected,
  isHovered,
  isHidden,
  onFocus,
}: {
  readonly box: LayerBox;
  readonly name: string;
  /** What belongs there, where nothing is yet. */
  readonly label: string | undefined;
  readonly scale: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly isHidden: boolean;
  readonly onFocus: () => void;
}) {
  const { box, isEmpty } = placed;
  return (
    <button
      type="button"
      class={`ed-layer${isEmpty && !isHidden ? ' ed-layer-empty' : ''}${isHovered ? ' ed-layer-hovered' : ''}`}
      aria-pressed={isSelected}
      aria-label={name}
      onFocus={onFocus}
      style={{
        ...placedStyle(placed, scale),
        fontSize: label === undefined ? '' : `${labelSize(label, box.width * scale, box.height * scale)}px`,
      }}
    >
      {label !== undefined && !isHidden && <span aria-hidden="true">{label}</span>}
    </button>
  );
}

/** Of a letter, to its size. */
const letterWidth = 0.58;

/** So large that it is read, so small that it is not cut; in screen pixels. */
const labelSize = (label: string, width: number, height: number): number =>
  Math.max(7, Math.min(15, height * 0.42, (width - 8) / (label.length * letterWidth)));
