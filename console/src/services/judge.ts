import { parseAlarmName } from '../../../functions/contracts/alarm-name.ts';
import type { Catalogue, CataloguedTeam } from '../../../functions/contracts/catalogue.ts';
import type { PromiseDocument, ServicePromise } from '../../../functions/contracts/promise.ts';
import {
  type PromiseStatus,
  promiseStatus,
  windowsOf,
  type WindowEvidence,
} from '../../../functions/contracts/promise-status.ts';
import type { StageAlarm } from '../api/alarm-states.ts';
import type { AlarmsSighting } from '../api/watch-alarms.ts';

export interface JudgedPromise {
  readonly promise: ServicePromise;
  readonly status: PromiseStatus;
  /** What watches it: windows that break it together. Empty while no alarm is known. */
  readonly windows: readonly (readonly WindowEvidence[])[];
  /** Alarms that are on and put it in danger, besides its own. */
  readonly signs: readonly StageAlarm[];
}

export interface JudgedService {
  readonly document: PromiseDocument;
  readonly team: CataloguedTeam | undefined;
  readonly promises: readonly JudgedPromise[];
  readonly alarms: readonly StageAlarm[];
}

/** Every service with what can be told of its promises, those nearest to people first and what they stand on last. */
export function judge(
  { services, teams }: Catalogue,
  sighting: AlarmsSighting | undefined,
  now: number,
): readonly JudgedService[] {
  const dependents = (service: string): number =>
    services.filter(({ dependsOn }) => dependsOn.some(({ on }) => 'service' in on && on.service === service))
      .length;
  return services
    .toSorted((a, b) => dependents(a.service) - dependents(b.service))
    .map((document) => {
      const alarms = (sighting?.alarms ?? []).filter(
        ({ name, service }) => (parseAlarmName(name)?.service ?? service) === document.service,
      );
      return {
        document,
        team: teams.find(({ name }) => name === document.team),
        alarms,
        promises: document.promises.map((promise) => ({
          promise,
          status: promiseStatus(document.service, promise, sighting, now),
          windows: sighting === undefined ? [] : windowsOf(document.service, promise, sighting),
          signs: alarms.filter((alarm) => isSign(alarm, promise)),
        })),
      };
    });
}

function isSign({ name, state, promise }: StageAlarm, { id }: ServicePromise): boolean {
  const subject = parseAlarmName(name)?.subject;
  return (
    state === 'ALARM' &&
    subject !== id &&
    subject !== 'page' &&
    subject !== 'ticket' &&
    (promise ?? '').split(' ').includes(id)
  );
}

/** What is known of somebody's promise; undefined when nobody makes it. */
export const judged = (
  services: readonly JudgedService[],
  service: string,
  promise: string,
): JudgedPromise | undefined =>
  services
    .find(({ document }) => document.service === service)
    ?.promises.find((each) => each.promise.id === promise);
