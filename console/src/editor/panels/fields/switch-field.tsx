import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** What can be said about it while it is on. */
  readonly children?: ComponentChildren;
}

export function SwitchField({ label, hint, isOn, onChange, children }: Props) {
  const id = useId();
  return (
    <div class="ed-switch-field">
      <label class="ed-switch-row">
        <span>
          {label}
          {hint !== undefined && (
            <span class="ed-hint" id={id}>
              {hint}
            </span>
          )}
        </span>
        <input
          type="checkbox"
          role="switch"
          class="ed-switch"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.checked);
          }}
        />
      </label>
      {isOn && children !== undefined && <div class="ed-switch-more">{children}</div>}
    </div>
  );
}
