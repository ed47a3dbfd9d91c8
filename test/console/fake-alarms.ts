import { alarmName, severities, type Severity } from '../../functions/contracts/alarm-name.ts';
import { type AlarmState, windowsOf } from '../../functions/contracts/promise-status.ts';
import { promiseDocuments } from '../../functions/promises.ts';
import type { StageAlarm, StageAlarms } from '../../console/src/api/alarm-states.ts';

/** Alarms beside those of promises, as a stage has them, with the promises in danger. */
const others: readonly (readonly [
  service: string,
  subject: string,
  Severity,
  means: string,
  promise: string,
])[] = [
  [
    'personalise',
    'api-failures',
    'page',
    'For three minutes at least 5 % of the API’s answers have been failures of ours (5xx).',
    'requests-answered',
  ],
  [
    'personalise',
    'api-latency',
    'ticket',
    'For three minutes a tenth of the API’s answers have taken longer than 3 seconds.',
    'requests-answered',
  ],
  [
    'personalise',
    'render-errors',
    'page',
    'For two of three minutes more than 5 % of the invocations of render have failed.',
    'pictures-in-time accepted-jobs-end',
  ],
  [
    'personalise',
    'render-queue-age',
    'page',
    'For three minutes the oldest message of the queue render has waited for more than 60 seconds.',
    'pictures-in-time',
  ],
  [
    'personalise',
    'render-dead-letters',
    'page',
    'What render could not work off lies in its dead-letter queue.',
    'accepted-jobs-end',
  ],
  [
    'foundation',
    'cache-storage',
    'ticket',
    'The cache is filled to four fifths of its limit.',
    'cache-answers',
  ],
  [
    'foundation',
    'notify-errors',
    'page',
    'For two of three minutes more than 5 % of the invocations of notify have failed.',
    'alarms-reach-people',
  ],
  [
    'console',
    'probe-errors',
    'ticket',
    'For two of three minutes more than 5 % of the invocations of probe have failed.',
    'site-answers',
  ],
];

const composites: Readonly<Record<Severity, string>> = {
  page: 'something is broken that people notice now.',
  ticket: 'something will break if nobody looks at it in the next days.',
};

/**
 * What a stage tells of its alarms.
 *
 * @param state of every alarm that `exceptions` do not name
 * @param exceptions by the name without the stage: `personalise/render-errors`
 */
export function fakeAlarms(
  state: AlarmState,
  exceptions: Readonly<Record<string, AlarmState>> = {},
  { changes = [], stage = 'dev', timeScale = 1 }: Partial<StageAlarms> = {},
): StageAlarms {
  const from = Date.now();
  const alarm = (
    service: string,
    name: string,
    severity: Severity,
    promise: string,
    description: string,
    usual: AlarmState = state,
  ): StageAlarm => {
    const now = exceptions[name.replace(/^[^/]*\//u, '')] ?? usual;
    return {
      name,
      service,
      team: promiseDocuments.find((each) => each.service === service)?.team ?? '',
      severity,
      promise,
      state: now,
      since: new Date(from - (now === 'ALARM' ? 5 : 190) * 60_000).toISOString(),
      description: `${description} In danger: ${promise}. Runbook: docs/runbook.md#somewhere`,
    };
  };
  const ofPromises = promiseDocuments.flatMap(({ service, promises }) =>
    promises.flatMap((promise) =>
      windowsOf(service, promise, { stage, timeScale, alarms: [], readAt: from })
        .flat()
        .map(({ alarm: name, severity, window, factor }) =>
          alarm(
            service,
            name,
            severity,
            promise.id,
            factor === undefined
              ? `Broken: ${promise.statement}`
              : `The error budget has burnt ${factor} times too fast for ${window.name}. Promised: ${promise.statement}`,
          ),
        ),
    ),
  );
  const ofOthers = others.map(([service, subject, severity, means, promise]) =>
    alarm(service, alarmName({ stage, service, subject }), severity, promise, means),
  );
  const tellingPeople = promiseDocuments.flatMap(({ service, product, promises }) =>
    severities.map((severity) =>
      alarm(
        service,
        alarmName({ stage, service, subject: severity }),
        severity,
        promises.map(({ id }) => id).join(' '),
        `${product}: ${composites[severity]}`,
        'OK',
      ),
    ),
  );
  return { stage, timeScale, changes, alarms: [...ofPromises, ...ofOthers, ...tellingPeople] };
}
