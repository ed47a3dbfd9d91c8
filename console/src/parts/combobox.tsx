import { useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface Choice {
  readonly value: string;
  /** Beside it. */
  readonly hint?: string | undefined;
}

interface Props {
  readonly id: string;
  readonly label: string;
  /** Shown while nothing is chosen. */
  readonly placeholder: string;
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
}

/** More than these nobody reads: who types on gets to the others. */
const mostShown = 50;

/**
 * One of many, found by typing a part of it: arrows, Enter and Escape, or a finger.
 * Source: ARIA Authoring Practices Guide, "Editable Combobox With List Autocomplete".
 */
export function Combobox({ id, label, placeholder, choices, chosen, onChoose }: Props) {
  /** Undefined while nothing is being chosen. */
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = typed !== undefined;
  const found = isOpen ? matching(choices, typed === chosen ? '' : typed) : [];
  const shown = found.slice(0, mostShown);
  const close = (): void => {
    setTyped(undefined);
    setActive(0);
  };
  const choose = (value: string | undefined): void => {
    close();
    if (value !== chosen) {
      onChoose(value);
    }
  };
  const moveTo = (index: number): void => {
    const next = Math.max(0, Math.min(index, shown.length - 1));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) {
        moveTo(active + step);
      } else {
        setTyped(chosen ?? '');
      }
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const value = shown[active]?.value;
      if (typed === '') {
        choose(undefined);
      } else if (value !== undefined) {
        choose(value);
      }
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    }
  };
  return (
    <div class="field combobox">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        enterkeyhint="go"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && shown.length > 0 ? `${id}-${active}` : undefined}
        placeholder={placeholder}
        value={typed ?? chosen ?? ''}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          setActive(0);
          if (value === '' && chosen !== undefined) {
            onChoose(undefined);
          }
        }}
        onClick={() => {
          setTyped((last) => last ?? chosen ?? '');
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {chosen !== undefined && !isOpen && (
        <button
          type="button"
          class="combobox-clear"
          aria-label={`${label}: ${placeholder}`}
          onClick={() => {
            choose(undefined);
          }}
        >
          <Icon name="close" />
        </button>
      )}
      {isOpen && (
        <div class="combobox-list">
          <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label}>
            {shown.map(({ value, hint }, index) => (
              <li
                key={value}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                // The field keeps the focus, so that it does not close before the click.
                onMouseDown={(event) => {
                  event.preventDefault();
                }}
                onClick={() => {
                  choose(value);
                }}
              >
                {value} {hint !== undefined && <span class="hint">{hint}</span>}
              </li>
            ))}
          </ul>
          {found.length > shown.length && (
            <p class="hint">{found.length - shown.length} more: type a part of the name.</p>
          )}
          {found.length === 0 && <p class="hint">There is none of that name.</p>}
        </div>
      )}
    </div>
  );
}

/** Those that begin with it first. */
function matching(choices: readonly Choice[], typed: string): readonly Choice[] {
  const part = typed.trim().toLowerCase();
  if (part === '') {
    return choices;
  }
  const fitting = choices.filter(({ value }) => value.toLowerCase().includes(part));
  const begins = ({ value }: Choice): boolean => value.toLowerCase().startsWith(part);
  return [...fitting.filter(begins), ...fitting.filter((each) => !begins(each))];
}
