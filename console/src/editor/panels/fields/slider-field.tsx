import { useId } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Said after the number: `°`, `px`, `%`. */
  readonly unit?: string;
  /** The number in words, where a number alone says little. */
  readonly say?: (value: number) => string;
  readonly onInput: (value: number) => void;
  /** The hand has left it: the next move is another step of undo. */
  readonly onDone: () => void;
}

/** A number by its feel and by its value: a slider, and a field beside it. */
export function SliderField({ label, value, min, max, step = 1, unit = '', say, onInput, onDone }: Props) {
  const id = useId();
  const take = (raw: string): void => {
    const number = Number(raw);
    if (raw !== '' && Number.isFinite(number)) {
      onInput(Math.min(max, Math.max(min, number)));
    }
  };
  return (
    <div class="ed-field">
      <div class="ed-field-head">
        <label for={id}>{label}</label>
        <span class="ed-number">
          <input
            type="number"
            aria-label={`${label}, as a number`}
            value={value}
            min={min}
            max={max}
            step={step}
            onChange={({ currentTarget }) => {
              take(currentTarget.value);
              onDone();
              currentTarget.value = String(value);
            }}
          />
          {unit !== '' && <span aria-hidden="true">{unit}</span>}
        </span>
      </div>
      <input
        id={id}
        class="ed-slider"
        type="range"
        value={value}
        min={min}
        max={max}
        step={step}
        aria-valuetext={say?.(value) ?? `${value}${unit}`}
        style={{ '--filled': `${((Math.min(max, Math.max(min, value)) - min) / (max - min)) * 100}%` }}
        onInput={({ currentTarget }) => {
          take(currentTarget.value);
        }}
        onChange={onDone}
      />
    </div>
  );
}
