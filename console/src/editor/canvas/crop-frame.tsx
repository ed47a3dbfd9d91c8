import { useRef } from 'preact/hooks';
import type { RecipeBox } from '../../../../functions/contracts/recipe.ts';
import { toFractions, toPixels, type Box, type Point, type Size } from './box.ts';
import { cropAfter, type CropGrip } from './crop-box.ts';
import { placedStyle } from './placed-style.ts';
import { handles } from './resize-box.ts';

export interface CropProps {
  readonly box: RecipeBox;
  /** What is in the frame, for people. */
  readonly label: string;
  /** Whether what is outside is cut away, and so shown dark. */
  readonly isCut: boolean;
  /** Width to height that is kept, undefined for any. */
  readonly aspect: number | undefined;
  readonly onCrop: (box: RecipeBox, isDone: boolean) => void;
}

interface Props extends CropProps {
  readonly size: Size;
  readonly scale: number;
}

interface Drag {
  readonly grip: CropGrip;
  readonly from: Point;
  readonly before: Box;
}

/** Of the picture’s longer side. */
const keyStep = 0.01;

/** What is kept of the picture: dragged by its middle, its sides and its corners, or moved with the arrow keys (with Shift: resized). */
export function CropFrame({ box, label, isCut, aspect, size, scale, onCrop }: Props) {
  const drag = useRef<Drag | undefined>(undefined);
  const pixels = toPixels(box, size);
  const begin = (grip: CropGrip, event: PointerEvent): void => {
    event.stopPropagation();
    event.preventDefault();
    if (event.currentTarget instanceof Element) {
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    drag.current = { grip, from: { x: event.clientX, y: event.clientY }, before: pixels };
  };
  const move = (event: PointerEvent): void => {
    const now = drag.current;
    if (now !== undefined) {
      const by = { x: (event.clientX - now.from.x) / scale, y: (event.clientY - now.from.y) / scale };
      onCrop(toFractions(cropAfter(now.before, now.grip, by, size, aspect), size), false);
    }
  };
  const end = (): void => {
    if (drag.current !== undefined) {
      drag.current = undefined;
      onCrop(box, true);
    }
  };
  const follow = { onPointerMove: move, onPointerUp: end, onPointerCancel: end };
  const onKeyDown = (event: KeyboardEvent): void => {
    const across = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const down = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (across === 0 && down === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const step = Math.max(size.width, size.height) * keyStep;
    const by = { x: across * step, y: down * step };
    const grip = event.shiftKey ? (aspect !== undefined ? 'se' : across === 0 ? 's' : 'e') : 'move';
    onCrop(toFractions(cropAfter(pixels, grip, by, size, aspect), size), true);
  };
  return (
    <div
      class={`ed-crop${isCut ? ' ed-crop-cut' : ''}`}
      tabIndex={0}
      role="group"
      aria-label={`${label}. Arrow keys move it; with Shift they make it larger and smaller.`}
      style={placedStyle({ box: pixels, rotate: 0 }, scale)}
      onPointerDown={(event) => {
        begin('move', event);
      }}
      onKeyDown={onKeyDown}
      {...follow}
    >
      <span class="ed-crop-thirds" />
      {handles.map((handle) => (
        <span
          key={handle}
          class={`ed-grip ed-grip-crop ed-grip-${handle}${handle.length === 1 ? ' ed-grip-side' : ''}`}
          onPointerDown={(event) => {
            begin(handle, event);
          }}
          {...follow}
        />
      ))}
    </div>
  );
}
