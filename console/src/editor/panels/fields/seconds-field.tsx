import { useId } from 'preact/hooks';

interface Props {
  readonly label: string;
  /** Milliseconds; undefined shows `otherwise`. */
  readonly value: number | undefined;
  /** Where nothing is said: `start`, `end`. */
  readonly otherwise?: string;
  readonly max: number;
  readonly onChange: (milliseconds: number | undefined) => void;
}

/** A moment or a length of time in seconds, to the millisecond. Emptied, it says nothing. */
export function SecondsField({ label, value, otherwise = '', max, onChange }: Props) {
  const id = useId();
  const text = value === undefined ? '' : String(value / 1000);
  return (
    <div class="ed-field ed-seconds">
      <label for={id}>{label}</label>
      <span class="ed-number">
        <input
          id={id}
          type="number"
          inputMode="decimal"
          min={0}
          max={max / 1000}
          step={0.1}
          value={text}
          placeholder={otherwise}
          onChange={({ currentTarget }) => {
            const { value: raw } = currentTarget;
            const seconds = Number(raw);
            onChange(
              raw === '' || !Number.isFinite(seconds)
                ? undefined
                : Math.round(Math.min(max, Math.max(0, seconds * 1000))),
            );
          }}
        />
        <span aria-hidden="true">s</span>
      </span>
    </div>
  );
}
