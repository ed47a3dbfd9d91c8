import type { Slot } from '../../../functions/contracts/campaign.ts';
import { countCharacters } from './count-characters.ts';

interface Props {
  readonly slot: Slot;
  readonly text: string;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
}

/** One thing to write: label, hint, and how many characters of how many. */
export function SlotField({ slot, text, problem, onText }: Props) {
  const id = `slot-${slot.id}`;
  const count = countCharacters(text);
  const over = count > slot.maxLength;
  const parts = { hint: `${id}-hint`, count: `${id}-count`, problem: `${id}-problem` };
  return (
    <div class={`field${problem === undefined ? '' : ' field-refused'}`}>
      <div class="field-head">
        <label for={id}>{slot.label}</label>
        {!slot.required && <span class="field-optional">optional</span>}
      </div>
      <div class="field-box">
        <input
          id={id}
          type="text"
          value={text}
          placeholder={slot.example}
          required={slot.required}
          autocomplete="off"
          enterkeyhint="next"
          aria-invalid={problem !== undefined || over}
          aria-describedby={`${parts.problem} ${parts.count} ${parts.hint}`}
          onInput={(event) => {
            onText(event.currentTarget.value);
          }}
        />
        <span id={parts.count} class={`field-count${over ? ' field-count-over' : ''}`}>
          <span aria-hidden="true">
            {count} / {slot.maxLength}
          </span>
          <span class="visually-hidden">
            {count} of {slot.maxLength} characters
          </span>
        </span>
      </div>
      <p id={parts.problem} class="problem" role="alert">
        {problem ?? (over ? `${count - slot.maxLength} too many` : '')}
      </p>
      {slot.hint !== undefined && (
        <p id={parts.hint} class="hint">
          {slot.hint}
        </p>
      )}
    </div>
  );
}
