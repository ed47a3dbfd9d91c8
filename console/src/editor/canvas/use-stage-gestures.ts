import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { captionLook } from '../state/caption-look.ts';
import { isSameLayer, type LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import { boundsOf, centreOf, moveBox, type Box, type Placed, type Point, type Size } from './box.ts';
import { hitLayer } from './hit-layer.ts';
import type { LayerBox } from './layer-boxes.ts';
import { moveCaptionBox } from './move-caption.ts';
import { pinched, pinchOf } from './pinch.ts';
import { layerBefore, placeLayer, putBack, type LayerBefore } from './place-layer.ts';
import { bearing, resizeBox, snapDegreesTo, tidyDegrees, type Handle } from './resize-box.ts';
import { snapEdges, snapLines, snapMove, type Guide, type SnapLines } from './snap.ts';

/** Everything the gestures need to know, as it is now. */
export interface StageWorld {
  readonly recipe: RecipeInput;
  readonly slots: TemplateView['captions'];
  readonly canvas: Size;
  readonly boxes: readonly LayerBox[];
  readonly lettersOf: (box: LayerBox) => Box | undefined;
  readonly isSeen: (box: LayerBox) => boolean;
  /** Screen pixels to a pixel of the canvas. */
  readonly scale: number;
  /** The top left corner of the canvas on the screen. */
  readonly origin: () => Point;
  readonly editor: Editor;
  readonly onEditText: (caption: number) => void;
  /** A double click where nothing is. */
  readonly onWriteAt: (point: Point) => void;
  /** Something was taken hold of. */
  readonly onTouch: () => void;
}

export type Grip = Handle | 'rotate';

interface Session {
  readonly what: 'press' | 'move' | 'resize' | 'rotate' | 'pinch';
  readonly grip?: Handle | undefined;
  readonly target: LayerBox | undefined;
  readonly before: LayerBefore | undefined;
  readonly letters: Box | undefined;
  readonly start: Point;
  readonly fingers: readonly [Point, Point] | undefined;
  readonly key: string;
}

interface Click {
  readonly atMs: number;
  readonly layer: LayerRef | undefined;
}

/** Screen pixels: below, a press is a click; within, edges attract. */
const slack = 4;
const reach = 7;
const touchReach = 14;
const doubleClickMs = 400;
/** Screen pixels that a box keeps at least. */
const leastSide = 18;
let gestures = 0;

/** Drag, resize, rotate, pinch and double click on the canvas, with mouse, pen and fingers. */
export function useStageGestures(world: StageWorld | undefined): {
  readonly guides: readonly Guide[];
  readonly hovered: LayerRef | undefined;
  readonly isDragging: boolean;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  /** For the handles of what is selected. */
  readonly onGrip: (grip: Grip, event: PointerEvent) => void;
} {
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [hovered, setHovered] = useState<LayerRef>();
  const [isDragging, setDragging] = useState(false);
  const session = useRef<Session | undefined>(undefined);
  const fingers = useRef(new Map<number, Point>());
  const lastClick = useRef<Click | undefined>(undefined);
  const newest = useRef(world);
  newest.current = world;

  const toCanvas = (event: PointerEvent): Point => {
    const { x, y } = world?.origin() ?? { x: 0, y: 0 };
    const scale = world?.scale ?? 1;
    return { x: (event.clientX - x) / scale, y: (event.clientY - y) / scale };
  };
  const begin = (next: Omit<Session, 'key' | 'before' | 'letters' | 'fingers'> & Partial<Session>): void => {
    gestures += 1;
    const { target } = next;
    session.current = {
      letters: target && newest.current?.lettersOf(target),
      before: target && newest.current && layerBefore(newest.current.recipe, target.layer),
      fingers: undefined,
      key: `gesture:${gestures}`,
      ...next,
    };
  };
  const end = (): void => {
    session.current = undefined;
    setGuides([]);
    setDragging(false);
    newest.current?.editor.settle();
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (world === undefined || (event.pointerType === 'mouse' && event.button !== 0)) {
      return;
    }
    capture(event);
    const point = toCanvas(event);
    fingers.current.set(event.pointerId, point);
    const [one, other] = [...fingers.current.values()];
    const { selection } = world.editor;
    if (one !== undefined && other !== undefined) {
      const target = world.boxes.find(({ layer }) => isSameLayer(layer, selection));
      if (target !== undefined) {
        begin({ what: 'pinch', target, start: point, fingers: [one, other] });
      }
      return;
    }
    const target = hitLayer(point, {
      boxes: world.boxes,
      lettersOf: world.lettersOf,
      isSeen: (box) => isSameLayer(box.layer, selection) || world.isSeen(box),
      reach: (event.pointerType === 'mouse' ? slack : touchReach) / world.scale,
    });
    world.onTouch();
    world.editor.select(target?.layer);
    begin({ what: 'press', target, start: point });
  };

  const onGrip = (grip: Grip, event: PointerEvent): void => {
    if (world === undefined) {
      return;
    }
    event.stopPropagation();
    event.preventDefault();
    capture(event);
    world.onTouch();
    const point = toCanvas(event);
    fingers.current.set(event.pointerId, point);
    const target = world.boxes.find(({ layer }) => isSameLayer(layer, world.editor.selection));
    begin(
      grip === 'rotate'
        ? { what: 'rotate', target, start: point }
        : { what: 'resize', grip, target, start: point },
    );
    setDragging(true);
  };

  const onPointerMove = (event: PointerEvent): void => {
    if (world === undefined) {
      return;
    }
    const point = toCanvas(event);
    const now = session.current;
    if (!fingers.current.has(event.pointerId) || now === undefined) {
      if (event.pointerType === 'mouse') {
        const over = hitLayer(point, { ...world, reach: slack / world.scale })?.layer;
        setHovered((last) => (isSameLayer(last, over) ? last : over));
      }
      return;
    }
    fingers.current.set(event.pointerId, point);
    if (now.what === 'press') {
      const far = Math.hypot(point.x - now.start.x, point.y - now.start.y) * world.scale;
      if (far < slack || now.target === undefined) {
        return;
      }
      session.current = { ...now, what: 'move' };
      setDragging(true);
    }
    setGuides(follow(world, session.current ?? now, point, [...fingers.current.values()], event));
  };

  const onPointerUp = (event: PointerEvent): void => {
    fingers.current.delete(event.pointerId);
    const now = session.current;
    if (now?.what === 'press' && event.type === 'pointerup') {
      click(now.target, now.start, event.timeStamp);
    }
    // A finger that stays after a pinch begins nothing new: it would jump.
    end();
  };

  const click = (target: LayerBox | undefined, at: Point, atMs: number): void => {
    const before = lastClick.current;
    const isDouble =
      before !== undefined && atMs - before.atMs < doubleClickMs && isSameLayer(before.layer, target?.layer);
    lastClick.current = { atMs, layer: target?.layer };
    if (target?.layer.kind === 'caption' && (isDouble || target.isEmpty)) {
      world?.onEditText(target.layer.index);
    } else if (target === undefined && isDouble) {
      world?.onWriteAt(at);
    }
  };

  useEffect(() => {
    // Escape puts back what is being dragged.
    const onKey = (event: KeyboardEvent): void => {
      const now = session.current;
      if (
        event.key === 'Escape' &&
        now?.target !== undefined &&
        now.before !== undefined &&
        now.what !== 'press'
      ) {
        event.stopPropagation();
        const { before } = now;
        newest.current?.editor.apply(putBack(before), now.key);
        end();
      }
    };
    addEventListener('keydown', onKey, true);
    return () => {
      removeEventListener('keydown', onKey, true);
    };
  }, []);

  return {
    guides,
    hovered,
    isDragging,
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerLeave: () => {
      setHovered(undefined);
    },
    onGrip,
  };
}

/** Carries the gesture on to `point`; answers the lines that something was brought to. */
function follow(
  world: StageWorld,
  { what, grip, target, before, letters, start, fingers, key }: Session,
  point: Point,
  now: readonly Point[],
  { shiftKey, altKey, ctrlKey, metaKey }: PointerEvent,
): readonly Guide[] {
  if (target === undefined || before === undefined) {
    return [];
  }
  const { canvas, scale, slots, editor } = world;
  const place = (placed: Placed, grown?: number): void => {
    editor.apply(placeLayer(before, placed, canvas, slots, grown), key);
  };
  const free = altKey || ctrlKey || metaKey;
  const near = free ? 0 : reach / scale;
  const by = { x: point.x - start.x, y: point.y - start.y };

  switch (what) {
    case 'press':
      return [];
    case 'pinch': {
      const [one, other] = now;
      if (one === undefined || other === undefined || fingers === undefined) {
        return [];
      }
      const pinch = pinchOf(fingers, [one, other]);
      const next = pinched(target, pinch, leastSide / scale);
      place(
        { box: next.box, rotate: snapDegreesTo(next.rotate) },
        Math.max(next.box.width / target.box.width, 0.01),
      );
      return [];
    }
    case 'rotate': {
      const middle = centreOf(target.box);
      const turned = target.rotate + bearing(middle, point) - bearing(middle, start);
      const degrees = shiftKey
        ? snapDegreesTo(turned, 15)
        : free
          ? tidyDegrees(turned)
          : snapDegreesTo(turned);
      place({ box: target.box, rotate: degrees });
      return [];
    }
    case 'move': {
      const straight = shiftKey
        ? Math.abs(by.x) > Math.abs(by.y)
          ? { x: by.x, y: 0 }
          : { x: 0, y: by.y }
        : by;
      const ink = letters ?? target.box;
      const snapped = snapMove(
        boundsOf({ box: moveBox(ink, straight.x, straight.y), rotate: target.rotate }),
        linesBeside(world, target),
        near,
      );
      const moved = { x: straight.x + snapped.dx, y: straight.y + snapped.dy };
      const caption = before.kind === 'caption' ? before.caption : undefined;
      place({
        box:
          caption === undefined
            ? moveBox(target.box, moved.x, moved.y)
            : moveCaptionBox(target.box, ink, moved, canvas, captionLook(caption, slots)),
        rotate: target.rotate,
      });
      return snapped.guides;
    }
    case 'resize': {
      if (grip === undefined) {
        return [];
      }
      const keepsAspect = grip.length === 2 && (before.kind === 'overlay' || !shiftKey);
      const rules = { keepsAspect, least: leastSide / scale, fromMiddle: altKey };
      const resized = resizeBox(target, grip, by, rules);
      const snapped =
        target.rotate === 0 && !altKey
          ? snapEdges(edgesOf(resized, grip), linesBeside(world, target), near)
          : { dx: 0, dy: 0, guides: [] };
      const box =
        snapped.guides.length === 0
          ? resized
          : resizeBox(target, grip, { x: by.x + snapped.dx, y: by.y + snapped.dy }, rules);
      place({ box, rotate: target.rotate }, keepsAspect ? box.width / target.box.width : undefined);
      // In proportion one line decides: the other may have been left again.
      return keepsAspect ? [] : snapped.guides;
    }
  }
}

/** What attracts: the picture, and what else is seen on it. */
const linesBeside = ({ boxes, canvas, isSeen, lettersOf }: StageWorld, target: LayerBox): SnapLines =>
  snapLines(
    canvas,
    boxes
      .filter((each) => !isSameLayer(each.layer, target.layer) && isSeen(each))
      .map((each) => boundsOf({ ...each, box: lettersOf(each) ?? each.box })),
  );

const edgesOf = (
  box: Box,
  grip: Handle,
): { readonly x?: number | undefined; readonly y?: number | undefined } => ({
  x: grip.includes('w') ? box.left : grip.includes('e') ? box.left + box.width : undefined,
  y: grip.includes('n') ? box.top : grip.includes('s') ? box.top + box.height : undefined,
});

function capture(event: PointerEvent): void {
  const { currentTarget } = event;
  if (currentTarget instanceof Element) {
    const stage = currentTarget.closest('[data-stage]') ?? currentTarget;
    stage.setPointerCapture(event.pointerId);
  }
}
