import type { Refusal } from '../preview/preview.ts';
import { panelOf, type PanelName } from './panels.tsx';

/** Says that something is in the way, and leads to it, where its panel is not open. */
export function Refused({
  refusals,
  panel,
  onShow,
}: {
  readonly refusals: readonly Refusal[];
  readonly panel: PanelName | undefined;
  readonly onShow: (pointer: string) => void;
}) {
  const elsewhere = refusals.find(({ pointer }) => panelOf(pointer) !== panel);
  return (
    <div class="ed-refused" role="status">
      {elsewhere !== undefined && (
        <p>
          {elsewhere.detail}{' '}
          <button
            type="button"
            class="ed-link"
            onClick={() => {
              onShow(elsewhere.pointer);
            }}
          >
            Show me
          </button>
        </p>
      )}
    </div>
  );
}
