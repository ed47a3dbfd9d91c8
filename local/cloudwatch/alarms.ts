import { Changes } from '../changes.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from './alarm.ts';
import { type AlarmState, cloudWatchTime, type Verdict } from './alarm-state.ts';
import { judge } from './metric-alarm.ts';
import type { MetricStore } from './metric-store.ts';

/** The state of an alarm, since when and why. */
export interface AlarmStatus extends Verdict {
  /** Epoch milliseconds. */
  readonly since: number;
}

export interface AlarmChange {
  readonly alarm: Alarm;
  readonly from: AlarmStatus;
  readonly to: AlarmStatus;
  /** The states of the children that made a composite alarm change. */
  readonly triggeringChildren: readonly { readonly arn: string; readonly status: AlarmStatus }[];
}

/** Changes that are remembered. */
const maxHistory = 1000;

/** All alarms of the stage and the state they are in. */
export class Alarms {
  readonly #alarms: ReadonlyMap<string, Alarm>;
  readonly #statuses = new Map<string, AlarmStatus>();
  readonly #history: AlarmChange[] = [];
  readonly #listeners = new Set<(change: AlarmChange) => void>();
  readonly #changes = new Changes();
  #evaluations = 0;

  /** @param alarms composite ones after their children */
  constructor(alarms: readonly Alarm[], createdAt: number) {
    this.#alarms = new Map(alarms.map((alarm) => [alarm.name, alarm]));
    for (const { name } of alarms) {
      this.#statuses.set(name, {
        state: 'INSUFFICIENT_DATA',
        reason: 'Unchecked: Initial alarm creation',
        reasonData: undefined,
        since: createdAt,
      });
    }
  }

  get all(): readonly Alarm[] {
    return [...this.#alarms.values()];
  }

  /** What changed since the start, the oldest first. */
  get history(): readonly AlarmChange[] {
    return this.#history;
  }

  /** How often the alarms have been evaluated since the start. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** An alarm by its name, or by the end of it where that is one alarm's only: `render-waiting` for `fanfare-dev-personalise-render-waiting`. */
  alarm(name: string): Alarm {
    const exact = this.#alarms.get(name);
    const ending = this.all.filter(
      (alarm) => alarm.name.endsWith(`-${name}`) || alarm.name.endsWith(`/${name}`),
    );
    const found = exact ?? (ending.length === 1 ? ending[0] : undefined);
    if (found === undefined) {
      throw new Error(
        `${ending.length === 0 ? 'There is no alarm' : 'There are several alarms'} ${name}; there are ${[...this.#alarms.keys()].join(', ')}.`,
      );
    }
    return found;
  }

  status(name: string): AlarmStatus {
    return this.#status(this.alarm(name).name);
  }

  state(name: string): AlarmState {
    return this.status(name).state;
  }

  /** The state of every alarm, by its full name. */
  states(): Readonly<Record<string, AlarmState>> {
    return Object.fromEntries([...this.#statuses].map(([name, { state }]) => [name, state]));
  }

  /** Full names of the alarms in a state. */
  inState(wanted: AlarmState): string[] {
    return [...this.#statuses].flatMap(([name, { state }]) => (state === wanted ? [name] : []));
  }

  /** @returns what ends it */
  onChange(listener: (change: AlarmChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Resolves when `holds` after a change or an evaluation, at once when it holds already. */
  async until(holds: (alarms: this) => boolean, withinMs = 60_000): Promise<void> {
    await this.#changes.until(
      () => holds(this),
      withinMs,
      () => `The alarms: ${JSON.stringify(this.states())}`,
    );
  }

  /** Resolves when an alarm is in a state. */
  async untilState(name: string, state: AlarmState, withinMs?: number): Promise<AlarmStatus> {
    const { name: fullName } = this.alarm(name);
    await this.until(() => this.#status(fullName).state === state, withinMs);
    return this.#status(fullName);
  }

  /** Resolves when the alarms have been evaluated so many times more: enough for what should not change. */
  async untilEvaluated(times = 1, withinMs?: number): Promise<void> {
    const wanted = this.#evaluations + times;
    await this.until(() => this.#evaluations >= wanted, withinMs);
  }

  /** Judges every alarm by what was measured before the minute `end`. */
  evaluate(store: MetricStore, end: number, now: number): void {
    for (const alarm of this.#alarms.values()) {
      if (alarm.kind === 'composite' && this.#evaluations === 0) {
        this.#evaluateComposite(
          alarm,
          alarm.children,
          now,
          (state) => `${alarm.arn} was created and its alarm rule evaluates to ${state}`,
        );
      }
    }
    for (const alarm of this.#alarms.values()) {
      if (alarm.kind === 'metric') {
        this.#evaluateMetric(alarm, store, end, now);
      }
    }
    this.#evaluations += 1;
    this.#changes.happened();
  }

  #evaluateMetric(alarm: MetricAlarm, store: MetricStore, end: number, now: number): void {
    const verdict = judge(alarm.rule, alarm.read(store, end, now));
    if (verdict !== undefined && verdict.state !== this.#status(alarm.name).state) {
      this.#change(alarm, { ...verdict, since: now }, []);
      this.#evaluateParents(alarm, now);
    }
  }

  #evaluateParents(child: Alarm, now: number): void {
    for (const parent of this.#alarms.values()) {
      if (parent.kind === 'composite' && parent.children.includes(child.name)) {
        const { state, since } = this.#status(child.name);
        this.#evaluateComposite(
          parent,
          [child.name],
          now,
          () => `${child.arn} transitioned to ${state} at ${inWords(since)}`,
        );
      }
    }
  }

  #evaluateComposite(
    alarm: CompositeAlarm,
    triggering: readonly string[],
    now: number,
    reasonOf: (state: AlarmState) => string,
  ): void {
    const isInAlarm = alarm.rule.evaluate((child) => this.#status(alarm.nameOf(child)).state);
    const state = isInAlarm ? 'ALARM' : 'OK';
    if (state === this.#status(alarm.name).state) {
      return;
    }
    const children = triggering.map((name) => ({
      arn: this.alarm(name).arn,
      status: this.#status(name),
    }));
    this.#change(
      alarm,
      {
        state,
        since: now,
        reason: reasonOf(state),
        reasonData: {
          triggeringAlarms: children.map(({ arn, status }) => ({
            arn,
            state: { value: status.state, timestamp: cloudWatchTime(status.since) },
          })),
        },
      },
      children,
    );
    this.#evaluateParents(alarm, now);
  }

  #change(alarm: Alarm, to: AlarmStatus, triggeringChildren: AlarmChange['triggeringChildren']): void {
    const change: AlarmChange = { alarm, from: this.#status(alarm.name), to, triggeringChildren };
    this.#statuses.set(alarm.name, to);
    this.#history.push(change);
    if (this.#history.length > maxHistory) {
      this.#history.shift();
    }
    for (const listener of this.#listeners) {
      listener(change);
    }
    this.#changes.happened();
  }

  #status(name: string): AlarmStatus {
    const status = this.#statuses.get(name);
    if (status === undefined) {
      throw new Error(`There is no alarm ${name}.`);
    }
    return status;
  }
}

/** `Friday 22 July, 2022 15:57:45 UTC` */
function inWords(epochMs: number): string {
  const [day, date, clock] = (['weekday', 'date', 'time'] as const).map((part) =>
    format[part](new Date(epochMs)),
  );
  return `${day} ${date} ${clock} UTC`;
}

const names = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  return (time: Date): string => formatter.format(time);
};
const [year, dayAndMonth] = [names({ year: 'numeric' }), names({ day: '2-digit', month: 'long' })];
const format = {
  weekday: names({ weekday: 'long' }),
  date: (time: Date): string => `${dayAndMonth(time)}, ${year(time)}`,
  time: (time: Date): string => time.toISOString().slice(11, 19),
};
