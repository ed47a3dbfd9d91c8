import { parseAlarmName, severities, type Severity } from '../../../functions/contracts/alarm-name.ts';
import { isFor } from '../../../functions/contracts/checklist-pattern.ts';
import type { StageAlarm } from '../api/alarm-states.ts';
import type { JudgedService } from './judge.ts';

/** What one team is told of one service with one severity. */
export interface LoudAlarms {
  readonly service: JudgedService;
  readonly severity: Severity;
  /** The alarm that tells people; undefined while it has not followed its evidence yet. */
  readonly composite: StageAlarm | undefined;
  /** Those that are the reason, the oldest first. */
  readonly evidence: readonly StageAlarm[];
  /** Epoch milliseconds. */
  readonly since: number;
}

/** Alarms that are on: pages before tickets, and then the latest first. */
export function loudAlarms(services: readonly JudgedService[]): readonly LoudAlarms[] {
  return services
    .flatMap((service) =>
      severities.flatMap((severity) => {
        const on = service.alarms.filter(
          (alarm) => alarm.state === 'ALARM' && alarm.severity === severity && !burnsAlone(alarm, service),
        );
        const composite = on.find(({ name }) => parseAlarmName(name)?.subject === severity);
        const evidence = on
          .filter((alarm) => alarm !== composite)
          .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since));
        const first = composite ?? evidence[0];
        return first === undefined
          ? []
          : [{ service, severity, composite, evidence, since: Date.parse(first.since) }];
      }),
    )
    .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || b.since - a.since);
}

/** Windows that burn without the other one of their pair: they tell nobody. */
export const burningAlone = (services: readonly JudgedService[]): readonly StageAlarm[] =>
  services.flatMap((service) =>
    service.alarms.filter((alarm) => alarm.state === 'ALARM' && burnsAlone(alarm, service)),
  );

const burnsAlone = ({ name }: StageAlarm, { promises }: JudgedService): boolean =>
  promises
    .flatMap(({ windows }) => windows)
    .some(
      (together) =>
        together.some(({ alarm }) => alarm === name) && !together.every(({ state }) => state === 'ALARM'),
    );

/** What to look at first, in order, by the service's checklist. */
export function stepsFor({ service, severity, evidence }: LoudAlarms): readonly string[] {
  const { checklist } = service.document;
  const subjects = evidence.map(({ name }) => parseAlarmName(name)?.subject ?? name);
  const about = (wanted: readonly string[]): string[] =>
    checklist
      .filter(({ alarms }) => alarms.some((pattern) => wanted.some((subject) => isFor(pattern, subject))))
      .flatMap(({ steps }) => steps.map(({ look }) => look));
  return [...new Set([...about([severity]), ...about(subjects)])];
}
