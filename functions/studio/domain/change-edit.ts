import type { Clock } from '../../kernel/clock.ts';
import type { EditStore, Versioned } from './edit-ports.ts';
import { advance, type EditChange, type EditRecord } from './edit-record.ts';

const maxAttempts = 8;

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly edit: Versioned<EditRecord> }
  /** It has ended, or another maker holds it: the event was repeated or late. */
  | { readonly kind: 'past'; readonly edit: Versioned<EditRecord> }
  /** This run is over: the edit was erased, has expired, or was asked for anew since. */
  | { readonly kind: 'gone' };

/**
 * Moves an edit forward in the store by compare-and-swap; whoever writes first wins, and nobody moves it back.
 * @param known the edit as it was read last; it is read again only when somebody else has written since
 */
export async function changeEdit(
  deps: { readonly edits: EditStore; readonly clock: Clock },
  known: Versioned<EditRecord>,
  change: EditChange,
): Promise<ChangeOutcome> {
  let stored: Versioned<EditRecord> | undefined = known;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (stored === undefined || stored.value.erasedAt !== undefined || stored.value.run !== known.value.run) {
      return { kind: 'gone' };
    }
    const value = advance(stored.value, change, deps.clock());
    if (value === undefined) {
      return { kind: 'past', edit: stored };
    }
    const version = await deps.edits.put(value, stored.version);
    if (version !== undefined) {
      return { kind: 'changed', edit: { value, version } };
    }
    stored = await deps.edits.get(known.value.id);
  }
  throw new Error(`Edit ${known.value.id} changed ${maxAttempts} times while it was to become ${change.to}`);
}
