import { parseAlarmName } from '../../../functions/contracts/alarm-name.ts';
import type { BurnWindow } from '../../../functions/contracts/burn-rate.ts';
import type { AlarmState } from '../../../functions/contracts/promise-status.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const stateInWords: Readonly<Record<AlarmState, string>> = {
  OK: 'quiet',
  ALARM: 'on',
  INSUFFICIENT_DATA: 'no data',
};

/** `1 promise`, `2 promises` */
export const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `a, b and c` */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `Render errors` */
export const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** `less than a minute`, `5 minutes`, `2 hours 10 minutes`: its two largest units. */
export function durationInWords(ms: number): string {
  const units = [
    [Math.floor(ms / dayMs), 'day'],
    [Math.floor((ms % dayMs) / hourMs), 'hour'],
    [Math.floor((ms % hourMs) / minuteMs), 'minute'],
  ] as const;
  const first = units.findIndex(([number]) => number > 0);
  return first < 0
    ? 'less than a minute'
    : units
        .slice(first, first + 2)
        .filter(([number]) => number > 0)
        .map(([number, unit]) => count(number, unit))
        .join(' ');
}

/** `the last hour`, `the last 5 minutes` */
export function lastInWords({ minutes }: BurnWindow): string {
  const words = durationInWords(minutes * minuteMs);
  return `the last ${words.startsWith('1 ') ? words.slice(2) : words}`;
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const timeToSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** `16:42`, or `20 Nov, 16:42` when that was not today, as clocks go where the reader is. */
export function clock(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  return then.toDateString() === today.toDateString()
    ? time.format(then)
    : `${day.format(then)}, ${time.format(then)}`;
}

/** `16:42:07` */
export const clockToSeconds = (at: number): string => timeToSeconds.format(new Date(at));

/** `21 November 2026` of `2026-11-21` */
export const dateInWords = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));

/** What an alarm is about: `Render errors`, `Pictures in time`; `Page` for the one that tells people. */
export const subjectInWords = (name: string): string =>
  capitalised((parseAlarmName(name)?.subject ?? name).replaceAll('-', ' ').replace(/^api\b/u, 'API'));

/** With the window of a burn rate: `Pictures in time, over 5 minutes`. */
export function alarmInWords(name: string): string {
  const window = /^(\d+)([mhd])-/u.exec(parseAlarmName(name)?.part ?? '');
  const unit = { m: minuteMs, h: hourMs, d: dayMs }[window?.[2] ?? ''];
  return window === null || unit === undefined
    ? subjectInWords(name)
    : `${subjectInWords(name)}, over ${durationInWords(Number(window[1]) * unit)}`;
}

/** What an alarm means: its description without what is told elsewhere on the page. */
export function meaningOf({ name, description = '' }: { name: string; description?: string }): string {
  const factor = /-([\d.]+)x$/u.exec(parseAlarmName(name)?.part ?? '')?.[1];
  return factor === undefined
    ? description.replace(/\s*(In danger:|Runbook:).*$/su, '')
    : `On when failures come ${factor === '1' ? 'faster than' : `${factor} times as fast as`} they may.`;
}
