import { type AlarmState, alarmStates } from '../../../functions/contracts/promise-status.ts';
import type { StageAlarm } from '../api/alarm-states.ts';
import { Fold } from './fold.tsx';
import { alarmInWords, clock, count, list, meaningOf, stateInWords } from './words.ts';

interface Props {
  readonly alarms: readonly StageAlarm[];
  /** By the stage's clock, epoch milliseconds. */
  readonly now: number;
}

/** Loudest first. */
const order: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];

/** All alarms of a service, folded away: what is on stands above. */
export function ServiceAlarms({ alarms, now }: Props) {
  const numbers = alarmStates.flatMap((state) => {
    const number = alarms.filter((alarm) => alarm.state === state).length;
    return number === 0
      ? []
      : [`${number} ${state === 'INSUFFICIENT_DATA' ? 'without data' : stateInWords[state]}`];
  });
  return (
    <Fold
      summary={
        <>
          {count(alarms.length, 'alarm')}
          {numbers.length > 0 && `: ${list(numbers)}`}
        </>
      }
    >
      <ul class="alarms">
        {order
          .flatMap((state) => alarms.filter((alarm) => alarm.state === state))
          .map((alarm) => {
            const { name, state, since } = alarm;
            return (
              <li key={name} class="alarm">
                <span class={`alarm-state alarm-state-${state}`}>{stateInWords[state]}</span>
                <span class="alarm-name">
                  {alarmInWords(name)} <span class="hint">since {clock(Date.parse(since), now)}</span>
                </span>
                <span class="alarm-means hint">{meaningOf(alarm)}</span>
              </li>
            );
          })}
      </ul>
    </Fold>
  );
}
