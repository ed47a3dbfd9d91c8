import { parseAlarmName } from '../../../functions/contracts/alarm-name.ts';
import type { AlarmChange } from '../api/alarm-states.ts';
import { Fold } from './fold.tsx';
import type { JudgedService } from './judge.ts';
import { alarmInWords, clock, count, stateInWords } from './words.ts';

interface Props {
  /** The oldest first. */
  readonly changes: readonly AlarmChange[];
  readonly services: readonly JudgedService[];
  /** By the stage's clock, epoch milliseconds. */
  readonly now: number;
}

/** So many changes stand in the open. */
const shown = 6;

/** What the alarms did lately, the latest first; in the open stands what is more than one window of a promise. */
export function Timeline({ changes, services, now }: Props) {
  const latest = changes.toReversed();
  const open = latest.filter(({ name }) => parseAlarmName(name)?.part === undefined).slice(0, shown);
  const productOf = (name: string): string => {
    const service = parseAlarmName(name)?.service;
    return services.find(({ document }) => document.service === service)?.document.product ?? service ?? '';
  };
  const items = (some: readonly AlarmChange[]) => (
    <ol class="timeline">
      {some.map(({ name, from, to, at }) => (
        <li key={`${name} ${at}`} class={`change change-${to}`}>
          <time dateTime={at}>{clock(Date.parse(at), now)}</time>
          <span>
            <b>{alarmInWords(name)}</b> of {productOf(name)}:{' '}
            <span class={`alarm-state-${to}`}>{stateInWords[to]}</span>{' '}
            <span class="hint">after {stateInWords[from]}</span>
          </span>
        </li>
      ))}
    </ol>
  );
  return (
    <section class="timeline-section" aria-labelledby="changes">
      <h2 id="changes">What changed lately</h2>
      {latest.length === 0 && <p class="hint">Nothing has changed since the stage started.</p>}
      {items(open)}
      {latest.length > open.length && (
        <Fold summary={`All ${count(latest.length, 'change')}, those of single windows too`}>
          {items(latest)}
        </Fold>
      )}
    </section>
  );
}
