export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** Why an alarm is in its state, as CloudWatch tells it. */
export interface Verdict {
  readonly state: AlarmState;
  readonly reason: string;
  /** For machines; goes into JSON. */
  readonly reasonData: Readonly<Record<string, unknown>> | undefined;
}

/** `2026-11-21T10:00:00.000+0000`, as CloudWatch writes times. */
export const cloudWatchTime = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace('Z', '+0000');
