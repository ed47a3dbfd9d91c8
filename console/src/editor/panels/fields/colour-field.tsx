import { useId } from 'preact/hooks';
import { SliderField } from './slider-field.tsx';

interface Props {
  readonly label: string;
  /** `#rrggbb` or `#rrggbbaa`. */
  readonly value: string;
  /** Whether it may be seen through. */
  readonly hasOpacity?: boolean;
  readonly onInput: (colour: string) => void;
  readonly onDone: () => void;
}

const usual = [
  ['#ffffff', 'White'],
  ['#000000', 'Black'],
  ['#ffe14d', 'Yellow'],
  ['#ff5a4f', 'Red'],
  ['#4f9dff', 'Blue'],
  ['#45d483', 'Green'],
] as const;

/** A colour out of the usual ones, or any. */
export function ColourField({ label, value, hasOpacity = false, onInput, onDone }: Props) {
  const id = useId();
  const solid = value.slice(0, 7).toLowerCase();
  const opacity = value.length === 9 ? Number.parseInt(value.slice(7), 16) / 255 : 1;
  const withOpacity = (colour: string, part: number): string =>
    part >= 1
      ? colour
      : `${colour}${Math.round(part * 255)
          .toString(16)
          .padStart(2, '0')}`;
  const isUsual = usual.some(([colour]) => colour === solid);
  return (
    <div class="ed-field" role="group" aria-labelledby={id}>
      <span class="ed-label" id={id}>
        {label}
      </span>
      <div class="ed-swatches">
        {usual.map(([colour, name]) => (
          <button
            key={colour}
            type="button"
            class="ed-swatch"
            aria-label={name}
            aria-pressed={colour === solid}
            style={{ '--swatch': colour }}
            onClick={() => {
              onInput(withOpacity(colour, opacity));
              onDone();
            }}
          />
        ))}
        <label
          class={`ed-swatch ed-swatch-any${isUsual ? '' : ' ed-swatch-own'}`}
          style={{ '--swatch': solid }}
        >
          <span class="visually-hidden">Another colour</span>
          <input
            type="color"
            value={solid}
            onInput={({ currentTarget }) => {
              onInput(withOpacity(currentTarget.value, opacity));
            }}
            onChange={onDone}
          />
        </label>
      </div>
      {hasOpacity && (
        <SliderField
          label={`Opacity of the ${label.toLowerCase()}`}
          value={Math.round(opacity * 100)}
          min={0}
          max={100}
          unit="%"
          onInput={(percent) => {
            onInput(withOpacity(solid, percent / 100));
          }}
          onDone={onDone}
        />
      )}
    </div>
  );
}
