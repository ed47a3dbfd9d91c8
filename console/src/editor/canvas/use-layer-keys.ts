import { useEffect, useRef } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { captionLook } from '../state/caption-look.ts';
import { bring, takeAway } from '../state/arrange.ts';
import { duplicateLayer } from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import type { Player } from '../timeline/player.ts';
import {
  boxAround,
  centreOf,
  moveBox,
  toPixels,
  type Box,
  type Placed,
  type Point,
  type Size,
} from './box.ts';
import type { LayerBox } from './layer-boxes.ts';
import { moveCaptionBox } from './move-caption.ts';
import { layerBefore, placeLayer, within, type LayerBefore } from './place-layer.ts';
import { tidyDegrees } from './resize-box.ts';

/** Everything the keys need to know, as it is now. */
export interface KeyWorld {
  readonly editor: Editor;
  readonly player: Player;
  readonly slots: TemplateView['captions'];
  /** Of what is selected; undefined without a plan. */
  readonly target: () =>
    | { readonly box: LayerBox; readonly letters: Box | undefined; readonly canvas: Size }
    | undefined;
  readonly onEditText: (caption: number) => void;
  readonly onHelp: () => void;
  /** Where something is now, for who does not see it. */
  readonly onSaid: (sentence: string) => void;
}

/** Of the picture: a step, and one with Shift. */
const steps = { small: 0.005, large: 0.05 } as const;
const sizeStep = 1.05;
/** Pixels of the canvas that a caption’s box keeps. */
const leastSide = 16;
const turns = { small: 1, large: 15 } as const;

/** Whether keys belong to what has the focus: letters are typed there, or arrows change it. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox');
/** Whether Space and Enter do something there already. */
const isPressed = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button:not(.ed-layer), a, summary, input') !== null;
/** Whether arrows do something there already. */
const isMoved = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, [role="slider"], .ed-crop') !== null;

/** Everything that the hand can do to a layer, with keys. */
export function useLayerKeys(world: KeyWorld): void {
  const newest = useRef(world);
  newest.current = world;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) {
        return;
      }
      if (onKey(newest.current, event)) {
        event.preventDefault();
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => {
      removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

/** @returns whether it meant something */
function onKey(world: KeyWorld, event: KeyboardEvent): boolean {
  const { editor, player, onHelp } = world;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) {
    switch (key) {
      case 'z':
        (event.shiftKey ? editor.redo : editor.undo)();
        return true;
      case 'y':
        editor.redo();
        return true;
      case 'd':
        return !isTyping(event.target) && duplicate(editor);
      default:
        return false;
    }
  }
  if (isTyping(event.target)) {
    return false;
  }
  if (key === '?') {
    onHelp();
    return true;
  }
  if (key === ' ' && !isPressed(event.target)) {
    player.toggle();
    return true;
  }
  const { selection } = editor;
  if (selection === undefined || isMoved(event.target) || (key === 'Enter' && isPressed(event.target))) {
    return false;
  }
  return onLayerKey(world, selection, key, event);
}

function onLayerKey(world: KeyWorld, selection: LayerRef, key: string, event: KeyboardEvent): boolean {
  const { editor, onEditText } = world;
  const move = event.altKey ? stretch : nudge;
  const far = event.shiftKey ? 'large' : 'small';
  switch (key) {
    case 'Escape':
      editor.select(undefined);
      return true;
    case 'Delete':
    case 'Backspace':
      takeAway(editor, selection);
      return true;
    case 'Enter':
    case 'F2':
      if (selection.kind === 'caption') {
        onEditText(selection.index);
      }
      return selection.kind === 'caption';
    case ']':
    case '}':
      bring(editor, selection, event.shiftKey ? 'front' : 'forward');
      return true;
    case '[':
    case '{':
      bring(editor, selection, event.shiftKey ? 'back' : 'backward');
      return true;
    case 'ArrowLeft':
      return move(world, { x: -steps[far], y: 0 });
    case 'ArrowRight':
      return move(world, { x: steps[far], y: 0 });
    case 'ArrowUp':
      return move(world, { x: 0, y: -steps[far] });
    case 'ArrowDown':
      return move(world, { x: 0, y: steps[far] });
    case '+':
    case '=':
      return scale(world, sizeStep);
    case '-':
    case '_':
      return scale(world, 1 / sizeStep);
    case '.':
    case '>':
      return turn(world, turns[far]);
    case ',':
    case '<':
      return turn(world, -turns[far]);
    default:
      return false;
  }
}

function duplicate(editor: Editor): boolean {
  const { selection } = editor;
  if (selection !== undefined) {
    editor.add(selection.kind, duplicateLayer(selection));
  }
  return selection !== undefined;
}

interface Target {
  readonly own: LayerBefore;
  readonly placed: Placed;
  readonly letters: Box;
  readonly canvas: Size;
}

/** Where it is as the recipe says: the plan is not there yet when keys are pressed quickly. */
function targetOf(world: KeyWorld): Target | undefined {
  const { document, selection } = world.editor;
  const seen = world.target();
  const own = selection && layerBefore(document.recipe, selection);
  if (seen === undefined || own === undefined) {
    return undefined;
  }
  const { box, canvas } = seen;
  const said = own.kind === 'overlay' ? own.overlay.box : own.caption.place;
  const at = typeof said === 'object' && 'left' in said ? toPixels(said, canvas) : box.box;
  const letters = seen.letters ?? box.box;
  return {
    own,
    canvas,
    placed: {
      box: at,
      rotate:
        own.kind === 'overlay' ? (own.overlay.rotate ?? 0) : captionLook(own.caption, world.slots).rotate,
    },
    letters: moveBox(letters, at.left - box.box.left, at.top - box.box.top),
  };
}

function nudge(world: KeyWorld, part: Point): boolean {
  const target = targetOf(world);
  if (target === undefined) {
    return false;
  }
  const { own, placed, letters, canvas } = target;
  const by = { x: part.x * canvas.width, y: part.y * canvas.height };
  const box =
    own.kind === 'caption'
      ? moveCaptionBox(placed.box, letters, by, canvas, captionLook(own.caption, world.slots))
      : moveBox(placed.box, by.x, by.y);
  return place(world, 'nudge', target, { ...placed, box });
}

function scale(world: KeyWorld, factor: number): boolean {
  const target = targetOf(world);
  if (target === undefined) {
    return false;
  }
  const { own, placed, canvas } = target;
  const { width, height } = placed.box;
  const grown = boxAround(centreOf(placed.box), { width: width * factor, height: height * factor });
  const box = own.kind === 'caption' ? within(grown, canvas) : grown;
  return place(world, 'scale', target, { ...placed, box }, factor);
}

/** The box of a caption alone: its letters find their size in it. */
function stretch(world: KeyWorld, part: Point): boolean {
  const target = targetOf(world);
  if (target === undefined || target.own.kind !== 'caption') {
    return false;
  }
  const { placed, canvas } = target;
  const box = boxAround(centreOf(placed.box), {
    width: Math.max(leastSide, placed.box.width + part.x * canvas.width),
    height: Math.max(leastSide, placed.box.height + part.y * canvas.height),
  });
  return place(world, 'stretch', target, { ...placed, box: within(box, canvas) });
}

function turn(world: KeyWorld, degrees: number): boolean {
  const target = targetOf(world);
  return (
    target !== undefined &&
    place(world, 'turn', target, {
      ...target.placed,
      rotate: tidyDegrees(target.placed.rotate + degrees),
    })
  );
}

function place(
  { editor, slots, onSaid }: KeyWorld,
  what: string,
  { own, canvas }: Target,
  placed: Placed,
  grown?: number,
): boolean {
  editor.apply(placeLayer(own, placed, canvas, slots, grown), `${what}:${own.kind}${own.index}`);
  const middle = centreOf(placed.box);
  const percent = (part: number): string => `${Math.round(part * 100)} %`;
  onSaid(
    `${percent(middle.x / canvas.width)} from the left, ${percent(middle.y / canvas.height)} from the top, ${percent(placed.box.width / canvas.width)} wide${placed.rotate === 0 ? '' : `, turned by ${placed.rotate}°`}`,
  );
  return true;
}
