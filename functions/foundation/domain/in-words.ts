const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `2026-11-21 03:04 UTC` @param at epoch milliseconds */
export const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `1 hour 5 minutes`: the two largest units; undefined for less than a minute. */
export function duration(milliseconds: number): string | undefined {
  const parts = [
    count(Math.floor(milliseconds / day), 'day'),
    count(Math.floor((milliseconds % day) / hour), 'hour'),
    count(Math.floor((milliseconds % hour) / minute), 'minute'),
  ];
  const first = parts.findIndex((part) => part !== undefined);
  return milliseconds < minute || first < 0
    ? undefined
    : parts
        .slice(first, first + 2)
        .filter((part) => part !== undefined)
        .join(' ');
}

const count = (n: number, unit: string): string | undefined =>
  n === 0 ? undefined : `${n} ${unit}${n === 1 ? '' : 's'}`;

/** `since 2026-11-21 03:02 UTC (6 minutes)` */
export function since(start: number, now: number): string {
  const length = duration(now - start);
  return `since ${utc(start)}${length === undefined ? '' : ` (${length})`}`;
}

/** `since 03:02 UTC`, with its date when that is not today's. */
export const sinceTime = (start: number, now: number): string =>
  `since ${utc(start).slice(0, 10) === utc(now).slice(0, 10) ? utc(start).slice(11) : utc(start)}`;

/** A number as people read it: four digits that count. */
export const number = (value: number): string =>
  value.toLocaleString('en-GB', { maximumSignificantDigits: 4, useGrouping: false });

/** `a, b and c` */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** At most `limit` UTF-16 units, with an ellipsis where the rest was; no character is cut in two. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  const end = limit - 1;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
