import type { LayerBox } from './layer-boxes.ts';
import { handles, type Handle } from './resize-box.ts';
import type { Grip } from './use-stage-gestures.ts';

interface Props {
  readonly box: LayerBox;
  readonly scale: number;
  /** Whether the layer itself is not seen at this moment. */
  readonly isFaint: boolean;
  readonly isDragging: boolean;
  readonly onGrip: (grip: Grip, event: PointerEvent) => void;
}

/** Screen pixels of a side under which its handle would lie on those of the corners, or on the letters. */
const leastForSides = { fine: 40, coarse: 84 } as const;

/** Around what is selected, with its handles. Everything they do can be done with keys and in the panels too. */
export function SelectionFrame({ box: { box, rotate, layer }, scale, isFaint, isDragging, onGrip }: Props) {
  const width = box.width * scale;
  const height = box.height * scale;
  const least = leastForSides[matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'];
  const hasSide = (handle: Handle): boolean =>
    layer.kind === 'caption' && (handle === 'n' || handle === 's' ? width : height) >= least;
  return (
    <div
      class={`ed-frame${isFaint ? ' ed-frame-faint' : ''}${isDragging ? ' ed-frame-dragging' : ''}`}
      style={{
        left: `${box.left * scale}px`,
        top: `${box.top * scale}px`,
        width: `${width}px`,
        height: `${height}px`,
        transform: rotate === 0 ? 'none' : `rotate(${rotate}deg)`,
      }}
      aria-hidden="true"
    >
      {handles
        .filter((handle) => handle.length === 2 || hasSide(handle))
        .map((handle) => (
          <span
            key={handle}
            class={`ed-grip ed-grip-${handle}${handle.length === 1 ? ' ed-grip-side' : ''}`}
            onPointerDown={(event) => {
              onGrip(handle, event);
            }}
          />
        ))}
      <span
        class="ed-grip ed-grip-rotate"
        onPointerDown={(event) => {
          onGrip('rotate', event);
        }}
      />
    </div>
  );
}
