import { useRef } from 'preact/hooks';

interface Drag<T> {
  readonly state: T;
  readonly fromX: number;
  readonly perPixel: number;
}

/**
 * Dragging along a line.
 *
 * @param perPixel how much a screen pixel is, as it is when the drag begins
 */
export function useDrag<T>({
  perPixel,
  onStart,
  onMove,
  onEnd,
}: {
  readonly perPixel: () => number;
  readonly onStart: (event: PointerEvent) => T | undefined;
  readonly onMove: (state: T, by: number, event: PointerEvent) => void;
  readonly onEnd: () => void;
}) {
  const drag = useRef<Drag<T> | undefined>(undefined);
  const end = (): void => {
    if (drag.current !== undefined) {
      drag.current = undefined;
      onEnd();
    }
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.pointerType === 'mouse' && event.button !== 0) {
        return;
      }
      const state = onStart(event);
      if (state !== undefined && event.currentTarget instanceof Element) {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { state, fromX: event.clientX, perPixel: perPixel() };
      }
    },
    onPointerMove: (event: PointerEvent): void => {
      const now = drag.current;
      if (now !== undefined) {
        onMove(now.state, (event.clientX - now.fromX) * now.perPixel, event);
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
