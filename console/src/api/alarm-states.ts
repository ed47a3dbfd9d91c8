import {
  type AlarmReading,
  type AlarmState,
  alarmStates,
} from '../../../functions/contracts/promise-status.ts';
import { type Answer, request } from './request.ts';
import { isAbsentOr, isListOf, isNumber, isShape, isText } from './shapes.ts';

/** An alarm as a stage tells of it. What its tags do not say is absent. */
export interface StageAlarm extends AlarmReading {
  readonly service?: string;
  readonly team?: string;
  readonly severity?: string;
  /** Ids of the promises that are in danger, separated by spaces. */
  readonly promise?: string;
  readonly description?: string;
}

export interface AlarmChange {
  readonly name: string;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** ISO 8601. */
  readonly at: string;
}

/** What a stage publishes of its alarms. */
export interface StageAlarms {
  readonly stage: string;
  readonly timeScale: number;
  readonly alarms: readonly StageAlarm[];
  /** The latest, the oldest first. */
  readonly changes: readonly AlarmChange[];
}

/** The states of all alarms. Refused with 403 or 404 where the stage does not publish them. */
export const getAlarmStates = (signal: AbortSignal): Promise<Answer<StageAlarms>> =>
  request('/_stage/alarms', isStageAlarms, { signal });

const isState = (value: unknown): value is AlarmState => alarmStates.some((state) => state === value);
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));

const isStageAlarm = (value: unknown): value is StageAlarm =>
  isShape(value) &&
  isText(value['name']) &&
  isState(value['state']) &&
  isTime(value['since']) &&
  ['service', 'team', 'severity', 'promise', 'description'].every((key) => isAbsentOr(value[key], isText));

const isAlarmChange = (value: unknown): value is AlarmChange =>
  isShape(value) &&
  isText(value['name']) &&
  isState(value['from']) &&
  isState(value['to']) &&
  isTime(value['at']);

export const isStageAlarms = (value: unknown): value is StageAlarms =>
  isShape(value) &&
  isText(value['stage']) &&
  isNumber(value['timeScale']) &&
  value['timeScale'] > 0 &&
  isListOf(value['alarms'], isStageAlarm) &&
  isListOf(value['changes'], isAlarmChange);
