import { type AlarmMessage, type AlarmState, toEpoch } from '../../contracts/alarm-message.ts';
import { type AlarmIdentity, parseAlarmName } from '../../contracts/alarm-name.ts';
import type { PromiseDocument, ServicePromise } from '../../contracts/promise.ts';
import { number, sinceTime } from './in-words.ts';
import { readReason } from './read-reason.ts';

/** A metric alarm itself, or each alarm that made a composite change. */
export interface Witness {
  readonly name: string;
  /** @default the alarm is not named as ours are */
  readonly identity: AlarmIdentity | undefined;
  /** Epoch milliseconds. */
  readonly from: number;
  /** What was measured, when the alarm tells it. */
  readonly words?: string;
}

export function witnessesOf(message: AlarmMessage): Witness[] {
  const self = { name: message.AlarmName, identity: parseAlarmName(message.AlarmName) };
  const changedAt = toEpoch(message.StateChangeTime);
  if ('AlarmRule' in message) {
    const children = message.TriggeringChildren.map(({ Arn, State }) => {
      const name = withoutArn(Arn);
      return { name, identity: parseAlarmName(name), from: toEpoch(State.Timestamp) };
    });
    return children.length > 0
      ? children
      : [{ ...self, from: changedAt, words: withoutArn(message.NewStateReason) }];
  }
  const { words, from } = readReason(message.NewStateReason, message.Trigger);
  return [{ ...self, from: message.NewStateValue === 'ALARM' ? (from ?? changedAt) : changedAt, words }];
}

/** `pictures-in-time/5m-14.4x: in the last 5 minutes at least 72 % was not as promised, since 03:02 UTC` */
export function evidenceOf(
  witness: Witness,
  state: AlarmState,
  document: PromiseDocument | undefined,
  now: number,
): string {
  const { identity } = witness;
  const promise = document?.promises.find(({ id }) => id === identity?.subject);
  const meaning = witness.words ?? (state === 'ALARM' ? burnInWords(promise, identity?.part) : undefined);
  const called =
    identity === undefined ? witness.name : [identity.subject, identity.part].filter(isGiven).join('/');
  return `${called}: ${[meaning, `${stateInWords[state]} ${sinceTime(witness.from, now)}`].filter(isGiven).join(', ')}`;
}

const stateInWords = { ALARM: 'in alarm', OK: 'well', INSUFFICIENT_DATA: 'unknown' } as const;

/** `5m-14.4x` of a promise, as the part of what was not as promised. */
function burnInWords(promise: ServicePromise | undefined, part: string | undefined): string | undefined {
  const [, length, unit, factor] = /^(\d+)([mhd])-(\d+(?:\.\d+)?)x$/u.exec(part ?? '') ?? [];
  if (promise === undefined || unit === undefined || !('atLeast' in promise.objective)) {
    return undefined;
  }
  const percent = 100 * Number(factor) * (1 - promise.objective.atLeast);
  const span = length === '1' ? units[unit] : `${length} ${units[unit]}s`;
  return `in the last ${span} at least ${number(percent)} % was not as promised`;
}

const units: Readonly<Record<string, string>> = { m: 'minute', h: 'hour', d: 'day' };

const withoutArn = (text: string): string => text.replaceAll(/arn:[a-z-]+:cloudwatch:\S*?:alarm:/gu, '');

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== '';
