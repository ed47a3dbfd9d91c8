import type { Alarms } from './cloudwatch/alarms.ts';
import type { HttpRequest, HttpResponse } from './http/http-message.ts';
import { parseTarget } from './http/request-target.ts';
import type { Sink } from './sink.ts';

/** Addresses of the site that are the stage's own; in AWS there is nothing there. */
const prefix = '/_stage/';

/** Of changes and messages. */
const maxListed = 50;

/** The first sentence of an alarm's description: what people notice. */
export const firstSentence = (description: string | undefined): string =>
  /^.*?[.!?](?=\s|$)/su.exec(description ?? '')?.[0] ?? description ?? '';

/** Answers what the console shows of the stage itself; undefined for an address that is not the stage's own. */
export function alarmPage(options: {
  readonly stage: string;
  readonly timeScale: number;
  readonly alarms: Alarms;
  readonly sink: Sink;
}): (request: HttpRequest) => HttpResponse | undefined {
  const { stage, timeScale, alarms, sink } = options;
  return (request): HttpResponse | undefined => {
    const { path } = parseTarget(request.url);
    if (!path.startsWith(prefix)) {
      return undefined;
    }
    if (path !== `${prefix}alarms` || (request.method !== 'GET' && request.method !== 'HEAD')) {
      return {
        status: 404,
        headers: { 'content-type': 'text/plain' },
        body: 'The stage has no such page.\n',
      };
    }
    return {
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify({
        stage,
        timeScale,
        alarms: alarms.all.map((alarm) => {
          const { state, since, reason } = alarms.status(alarm.name);
          const { Service, Team, Severity, Promise: promise } = alarm.tags;
          return {
            name: alarm.name,
            service: Service,
            team: Team,
            severity: Severity,
            promise,
            state,
            since: new Date(since).toISOString(),
            reason,
            description: alarm.description,
          };
        }),
        changes: alarms.history.slice(-maxListed).map(({ alarm, from, to }) => ({
          name: alarm.name,
          from: from.state,
          to: to.state,
          at: new Date(to.since).toISOString(),
          reason: to.reason,
        })),
        messages: sink.messages().slice(-maxListed),
      }),
    };
  };
}
