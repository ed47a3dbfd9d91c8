import type { Slot } from '../../../functions/contracts/campaign.ts';
import type { Problem } from '../../../functions/contracts/problem.ts';
import { countCharacters } from './count-characters.ts';

export type Slots = Readonly<Record<string, string>>;

/** What is wrong, by slot id; `photo` and `rest` are what the server said about something else. */
export interface FormProblems {
  readonly slots: Slots;
  readonly photo?: string | undefined;
  readonly rest?: string | undefined;
}

/** What can be said about the words before they are sent, by slot id. */
export function slotProblems(slots: readonly Slot[], written: Slots): Slots {
  return Object.fromEntries(
    slots.flatMap((slot): [string, string][] => {
      const count = countCharacters(written[slot.id] ?? '');
      if (count === 0) {
        return slot.required ? [[slot.id, 'Please fill this in.']] : [];
      }
      const over = count - slot.maxLength;
      return over > 0
        ? [
            [
              slot.id,
              `That is ${over === 1 ? 'one character' : `${over} characters`} too many; ${slot.maxLength} fit.`,
            ],
          ]
        : [];
    }),
  );
}

/** The server's field errors put where the fields are; what belongs to no field of this form goes to `rest`. */
export function problemsOf(problem: Problem, slots: readonly Slot[]): FormProblems {
  const bySlot: Record<string, string> = {};
  const photo: string[] = [];
  const rest: string[] = [];
  for (const { pointer, detail } of problem.errors ?? []) {
    const [first, id] = pointer.split('/').slice(1).map(unescapePointer);
    if (first === 'slots' && id !== undefined && slots.some((slot) => slot.id === id)) {
      bySlot[id] = bySlot[id] === undefined ? detail : `${bySlot[id]} ${detail}`;
    } else if (first === 'contentType') {
      photo.push(detail);
    } else {
      rest.push(detail);
    }
  }
  const placed = Object.keys(bySlot).length + photo.length > 0;
  const said = placed ? rest : [problem.detail, ...rest];
  return {
    slots: bySlot,
    photo: photo.length > 0 ? photo.join(' ') : undefined,
    rest: said.length > 0 ? said.join(' ') : undefined,
  };
}

/** RFC 6901: `~1` is a slash, `~0` a tilde. */
const unescapePointer = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');
