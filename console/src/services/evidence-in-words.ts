import type { ServicePromise } from '../../../functions/contracts/promise.ts';
import type { PromiseStatus, WindowEvidence } from '../../../functions/contracts/promise-status.ts';
import { alarmInWords, clock, durationInWords, lastInWords, list } from './words.ts';

/**
 * Why a promise has its status, for people.
 *
 * @param unpublished why no state is known at all
 * @param now epoch milliseconds, by the stage's clock
 */
export function evidenceInWords(
  status: PromiseStatus,
  promise: ServicePromise,
  { now, unpublished }: { readonly now: number; readonly unpublished: string },
): string {
  const since =
    status.since === undefined
      ? ''
      : `since ${clock(status.since, now)} (${durationInWords(Math.max(0, now - status.since))})`;
  const [first] = status.evidence;
  const last = first === undefined ? '' : lastInWords(first.window);
  switch (status.status) {
    case 'kept':
      return `What was measured in ${last} was as promised. So it has been ${since}.`;
    case 'broken':
      return `${burning(status.evidence, promise)} Broken ${since}.`;
    case 'unknown':
      break;
  }
  switch (status.why) {
    case 'no-states':
      return unpublished;
    case 'stale':
      return `The alarms have not been read ${since}: what they said then is too old to tell.`;
    case 'not-watched':
      return `Nobody watches it: the alarm ${status.evidence.map(({ alarm }) => alarm).join(', ')} is missing.`;
    case 'too-little':
      return `It takes at least ${promise.minimumTraffic} in ${last} to tell, and there were fewer.`;
    case 'undecided':
      return `It went wrong, and too little was measured lately to tell whether it still does.`;
    case 'recovering': {
      const better = status.evidence.find(({ state }) => state === 'OK');
      return `Not broken any more: what was measured ${better === undefined ? 'lately' : `in ${lastInWords(better.window)}`} was as promised, but not yet all in ${last}.`;
    }
  }
}

/** Of several pairs of windows, the one that burns fastest. */
function burning(evidence: readonly WindowEvidence[], { windowDays }: ServicePromise): string {
  const fastest = Math.max(...evidence.map(({ factor }) => factor ?? 0));
  const windows = list(
    evidence.filter(({ factor }) => (factor ?? 0) === fastest).map(({ window }) => lastInWords(window)),
  );
  return fastest === 0
    ? `What was measured in ${windows} was not as promised.`
    : `Over ${windows}, failures came at least ${fastest} times as fast as ${windowDays} days allow.`;
}

/** One alarm of a promise, for the table of its evidence. */
export const windowInWords = ({ state, alarm }: WindowEvidence): string => {
  switch (state) {
    case 'OK':
      return 'as promised';
    case 'ALARM':
      return 'too much went wrong';
    case 'INSUFFICIENT_DATA':
      return 'too little to tell';
    case undefined:
      return `no alarm watches it (${alarmInWords(alarm)})`;
  }
};
