import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from '../../../parts/icon.tsx';

interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly icon?: Parameters<typeof Icon>[0]['name'];
  readonly hint?: string;
}

interface Props<T> {
  readonly label: string;
  readonly options: readonly Option<T>[];
  /** Undefined when it is none of them. */
  readonly value: T | undefined;
  /** `bar`: small words or signs in a row. `cards`: each with a hint. `chips`: many short ones. */
  readonly kind?: 'bar' | 'cards' | 'chips';
  readonly onChange: (value: T) => void;
  readonly children?: ComponentChildren;
}

/** One of a few: native radio buttons, so that arrow keys and screen readers do what they do everywhere. */
export function ChoiceField<T extends string | number>({
  label,
  options,
  value,
  kind = 'bar',
  onChange,
  children,
}: Props<T>) {
  const name = useId();
  return (
    <fieldset class="ed-field ed-choice">
      <legend class="ed-label">{label}</legend>
      <div class={`ed-options ed-options-${kind}`}>
        {options.map((option) => (
          <label
            key={option.value}
            class="ed-option"
            title={option.icon === undefined ? undefined : option.label}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => {
                onChange(option.value);
              }}
            />
            {option.icon !== undefined && <Icon name={option.icon} />}
            <span class={option.icon !== undefined && kind === 'bar' ? 'visually-hidden' : 'ed-option-label'}>
              {option.label}
            </span>
            {option.hint !== undefined && <span class="ed-option-hint">{option.hint}</span>}
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
