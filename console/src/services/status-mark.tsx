import type { PromiseStatus } from '../../../functions/contracts/promise-status.ts';

export type Status = PromiseStatus['status'];

export const statusInWords: Readonly<Record<Status, string>> = {
  kept: 'Kept',
  broken: 'Broken',
  unknown: 'Unknown',
};

const signs: Readonly<Record<Status, string>> = {
  kept: 'M7.5 12.4l3 3 6-6.6',
  broken: 'M12 7v6.2M12 16.6v.1',
  unknown: 'M9.3 9.6a2.75 2.75 0 1 1 3.9 2.6c-.8.4-1.2.9-1.2 1.7M12 16.9v.1',
};

const outlines: Readonly<Record<Status, string>> = {
  kept: 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z',
  broken: 'M12 1.8 22.2 12 12 22.2 1.8 12z',
  unknown: 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z',
};

/** A round seal, a diamond, a broken ring: told apart without colours too. The word stands beside it. */
export function StatusMark({ status }: { readonly status: Status }) {
  return (
    <svg class={`mark mark-${status}`} viewBox="0 0 24 24" aria-hidden="true">
      <path class="mark-outline" d={outlines[status]} />
      <path class="mark-sign" d={signs[status]} />
    </svg>
  );
}
