import { Icon } from '../../parts/icon.tsx';
import { Dialog } from '../../parts/dialog.tsx';

const keys = [
  ['Arrow keys', 'Move what is selected; with Shift further'],
  ['+ and −', 'Larger and smaller'],
  ['Alt arrow keys', 'A text’s box wider, narrower, higher, lower'],
  [', and .', 'Turn; with Shift by 15°'],
  ['Enter', 'Write the text on the picture'],
  ['Ctrl D', 'Duplicate'],
  ['[ and ]', 'Send backward, bring forward; with Shift all the way'],
  ['Delete', 'Take it away'],
  ['Ctrl Z, Ctrl Shift Z', 'Undo, redo'],
  ['Space', 'Play and pause'],
  ['Tab', 'The next thing on the picture'],
  ['Esc', 'Select nothing'],
] as const;

/** What the keys do, and what Shift and Alt change about dragging. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog label="Keys" class="ed-keys" onClose={onClose}>
      <header class="ed-keys-head">
        <h2>Keys</h2>
        <button type="button" class="ed-tool" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <dl class="ed-key-list">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        While you drag: Shift keeps straight or turns by 15°, Alt lets go of the guides. On a touch screen two
        fingers resize and turn what is selected.
      </p>
    </Dialog>
  );
}
