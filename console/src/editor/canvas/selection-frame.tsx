import type { LayerBox } from './layer-boxes.ts';
import { placedStyle } from './placed-style.ts';
import { handles, type Handle } from './resize-box.ts';
import type { Grip } from './use-stage-gestures.ts';

interface Props {
  readonly box: LayerBox;
  readonly scale: number;
  /** Whether the layer itself is not seen at this moment. */
  readonly isFaint: boolean;
  readonly onGrip: (grip: Grip, event: PointerEvent) => void;
}

/** Screen pixels of a side under which its handle would lie on those of the corners, or on the letters. */
const leastForSides = { fine: 40, coarse: 84 } as const;

/** Around what is selected, with its handles. Everything they do can be done with keys and in the panels too. */
export function SelectionFrame({ box: placed, scale, isFaint, onGrip }: Props) {
  const { box, layer } = placed;
  const least = leastForSides[matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'];
  const hasSide = (handle: Handle): boolean =>
    layer.kind === 'caption' && (handle === 'n' || handle === 's' ? box.width : box.height) * scale >= least;
  return (
    <div
      class={`ed-frame${isFaint ? ' ed-frame-faint' : ''}`}
      style={placedStyle(placed, scale)}
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
