import { useEffect, useRef } from 'preact/hooks';
import type { TemplateView } from '../../../../functions/contracts/studio-library.ts';
import { captionLook } from '../state/caption-look.ts';
import {
  duplicateLayer,
  orderAfter,
  removeLayer,
  reorderLayer,
  type OrderMove,
} from '../state/layer-edits.ts';
import type { LayerRef } from '../state/layer.ts';
import type { Editor } from '../state/use-editor.ts';
import type { Player } from '../timeline/player.ts';
import { boxAround, centreOf, moveBox, type Box, type Size } from './box.ts';
import type { LayerBox } from './layer-boxes.ts';
import { moveCaptionBox } from './move-caption.ts';
import { placeLayer, within, type LayerBefore } from './place-layer.ts';
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
}

/** Of the picture: a step, and one with Shift. */
const steps = { small: 0.005, large: 0.05 } as const;
const sizeStep = 1.05;
const turns = { small: 1, large: 15 } as const;

/** Whether keys belong to what has the focus: letters are typed there, or arrows change it. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox');
const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button:not(.ed-layer), a, summary, input, select, textarea, [role="slider"]') !== null;

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
  if (key === ' ' && !isControl(event.target)) {
    (player.isPlaying
      ? () => {
          player.pause();
        }
      : () => {
          player.play();
        })();
    return true;
  }
  const { selection } = editor;
  return selection !== undefined && !isControl(event.target) && onLayerKey(world, selection, key, event);
}

function onLayerKey(world: KeyWorld, selection: LayerRef, key: string, event: KeyboardEvent): boolean {
  const { editor, onEditText } = world;
  const far = event.shiftKey ? 'large' : 'small';
  switch (key) {
    case 'Escape':
      editor.select(undefined);
      return true;
    case 'Delete':
    case 'Backspace':
      editor.apply(removeLayer(selection));
      editor.select(undefined);
      return true;
    case 'Enter':
    case 'F2':
      if (selection.kind === 'caption') {
        onEditText(selection.index);
      }
      return selection.kind === 'caption';
    case ']':
    case '}':
      return reorder(editor, selection, event.shiftKey ? 'front' : 'forward');
    case '[':
    case '{':
      return reorder(editor, selection, event.shiftKey ? 'back' : 'backward');
    case 'ArrowLeft':
      return nudge(world, { x: -steps[far], y: 0 });
    case 'ArrowRight':
      return nudge(world, { x: steps[far], y: 0 });
    case 'ArrowUp':
      return nudge(world, { x: 0, y: -steps[far] });
    case 'ArrowDown':
      return nudge(world, { x: 0, y: steps[far] });
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

function reorder(editor: Editor, layer: LayerRef, move: OrderMove): boolean {
  const { recipe } = editor.document;
  const count = ((layer.kind === 'caption' ? recipe.captions : recipe.overlays) ?? []).length;
  editor.apply(reorderLayer(layer, move));
  editor.select({ ...layer, index: orderAfter(layer.index, count, move) });
  return true;
}

function before({ editor }: KeyWorld): LayerBefore | undefined {
  const { selection, document } = editor;
  if (selection?.kind === 'caption') {
    const caption = document.recipe.captions?.[selection.index];
    return caption && { kind: 'caption', index: selection.index, caption };
  }
  const overlay = selection && document.recipe.overlays?.[selection.index];
  return overlay && selection && { kind: 'overlay', index: selection.index, overlay };
}

function nudge(world: KeyWorld, part: { readonly x: number; readonly y: number }): boolean {
  const target = world.target();
  const own = before(world);
  if (target === undefined || own === undefined) {
    return false;
  }
  const { box, letters, canvas } = target;
  const by = { x: part.x * canvas.width, y: part.y * canvas.height };
  world.editor.apply(
    placeLayer(
      own,
      {
        box:
          own.kind === 'caption'
            ? moveCaptionBox(box.box, letters ?? box.box, by, canvas, captionLook(own.caption, world.slots))
            : moveBox(box.box, by.x, by.y),
        rotate: box.rotate,
      },
      canvas,
      world.slots,
    ),
    `nudge:${own.kind}${own.index}`,
  );
  return true;
}

function scale(world: KeyWorld, factor: number): boolean {
  const target = world.target();
  const own = before(world);
  if (target === undefined || own === undefined) {
    return false;
  }
  const { box, canvas } = target;
  const grown = boxAround(centreOf(box.box), {
    width: box.box.width * factor,
    height: box.box.height * factor,
  });
  world.editor.apply(
    placeLayer(
      own,
      { box: own.kind === 'caption' ? within(grown, canvas) : grown, rotate: box.rotate },
      canvas,
      world.slots,
      factor,
    ),
    `scale:${own.kind}${own.index}`,
  );
  return true;
}

function turn(world: KeyWorld, degrees: number): boolean {
  const target = world.target();
  const own = before(world);
  if (target === undefined || own === undefined) {
    return false;
  }
  world.editor.apply(
    placeLayer(
      own,
      { box: target.box.box, rotate: tidyDegrees(target.box.rotate + degrees) },
      target.canvas,
      world.slots,
    ),
    `turn:${own.kind}${own.index}`,
  );
  return true;
}
