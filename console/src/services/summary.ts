import type { UnknownReason } from '../../../functions/contracts/promise-status.ts';
import type { JudgedService } from './judge.ts';
import { count } from './words.ts';

export interface Summary {
  /** One sentence that is true of the whole. */
  readonly title: string;
  /** What it leaves out. */
  readonly lead: string;
  readonly kept: number;
  readonly broken: number;
  readonly unknown: number;
}

const shortReasons: Readonly<Record<UnknownReason, string>> = {
  'no-states': 'no alarm’s state is known',
  stale: 'the alarms have not been read lately',
  'not-watched': 'an alarm is missing',
  'too-little': 'too little traffic',
  undecided: 'too little traffic since it went wrong',
  recovering: 'it went wrong and is not yet seen to be mended',
};

/**
 * The whole in a sentence. Green words are for evidence only: what is not known is said first when nothing is.
 *
 * @param published whether the stage publishes its alarms’ states; undefined while nobody knows
 */
export function summarise(
  services: readonly JudgedService[],
  published: boolean | undefined,
  reading: boolean,
): Summary {
  const all = services.flatMap(({ promises }) => promises.map(({ status }) => status));
  const number = (wanted: string): number => all.filter(({ status }) => status === wanted).length;
  const [kept, broken, unknown] = [number('kept'), number('broken'), number('unknown')];
  const counts = { kept, broken, unknown };
  if (reading) {
    return { ...counts, title: 'One moment.', lead: 'The alarms are being read.' };
  }
  const reasons = new Set(all.flatMap((each) => (each.status === 'unknown' ? [each.why] : [])));
  const [reason] = reasons;
  const because =
    published === false
      ? ': this deployment does not publish its alarms’ states yet'
      : reasons.size === 1 && reason !== undefined
        ? `: ${shortReasons[reason]}`
        : '';
  if (broken > 0) {
    const others = [
      ...(kept > 0 ? [`${kept} ${isAre(kept)} kept`] : []),
      ...(unknown > 0 ? [`${unknown} ${isAre(unknown)} unknown${because}`] : []),
    ];
    return {
      ...counts,
      title: `${count(broken, 'promise')} ${isAre(broken)} broken.`,
      lead: others.length === 0 ? '' : `${others.join(', and ')}.`,
    };
  }
  if (kept === 0) {
    return {
      ...counts,
      title: 'Nothing can be told.',
      lead: `All ${count(unknown, 'promise')} are unknown${because}.`,
    };
  }
  return unknown === 0
    ? { ...counts, title: 'Every promise is kept.', lead: `All ${kept}, with evidence for each.` }
    : {
        ...counts,
        title: 'All that can be told is kept.',
        lead: `${count(unknown, 'promise')} ${isAre(unknown)} unknown${because}.`,
      };
}

const isAre = (number: number): string => (number === 1 ? 'is' : 'are');
