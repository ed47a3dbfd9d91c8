import { useId } from 'preact/hooks';
import type { FontList } from '../../../../functions/contracts/studio-library.ts';
import { FontSample } from './font-sample.tsx';

/** Every font by its name, in itself. */
export function FontField({
  fonts,
  value,
  onChange,
}: {
  readonly fonts: FontList['fonts'];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const name = useId();
  return (
    <fieldset class="ed-field ed-choice">
      <legend class="ed-label">Font</legend>
      <div class="ed-options ed-options-fonts">
        {fonts.map((font) => (
          <label key={font.id} class="ed-option">
            <input
              type="radio"
              name={name}
              value={font.id}
              checked={font.id === value}
              onChange={() => {
                onChange(font.id);
              }}
            />
            <FontSample font={font} text={font.name} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
