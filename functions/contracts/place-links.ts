import type { Place } from './promise.ts';

/** What the address of a place depends on. */
export interface Whereabouts {
  readonly stage: string;
  /** Of AWS, `eu-west-1`. */
  readonly region: string;
  readonly service: string;
  readonly team: string;
}

/** `part` is a function's name, or `api` for the access log. */
export const logGroupName = (stage: string, service: string, part: string): string =>
  `/fanfare/${stage}/${service}/${part}`;

export const functionName = (stage: string, service: string, name: string): string =>
  `fanfare-${stage}-${service}-${name}`;

/** A team's dashboard, or without a team that of the whole stage. */
export const dashboardName = (stage: string, team?: string): string =>
  team === undefined ? `fanfare-${stage}` : `fanfare-${stage}-${team}`;

/** The address of a place for somebody who is signed in to the stage's AWS account. */
export function placeLink(place: Place, at: Whereabouts): string {
  switch (place.kind) {
    case 'logs':
      return logsLink(at, place.function, place.filter);
    case 'access-log':
      return logsLink(at, 'api', place.filter);
    case 'queue':
    case 'dead-letters':
      // CloudFormation names queues, so they are found in the service's stack, under Resources.
      return `${consoleOf(at, 'cloudformation')}#/stacks?filteringText=${encodeURIComponent(
        `fanfare-${at.stage}-${at.service}`,
      )}`;
    case 'function':
      return `${consoleOf(at, 'lambda')}#/functions/${encodeURIComponent(
        functionName(at.stage, at.service, place.name),
      )}?tab=monitoring`;
    case 'dashboard':
      return dashboardLink(at.region, dashboardName(at.stage, at.team));
    case 'cache':
      return `${consoleOf(at, 'elasticache')}#/`;
    case 'aws-health':
      return 'https://health.aws.amazon.com/health/status';
  }
}

/** What people call a place. */
export function placeText(place: Place): string {
  switch (place.kind) {
    case 'logs':
      return `log of ${place.function}`;
    case 'access-log':
      return 'access log';
    case 'queue':
      return `queue ${place.name}`;
    case 'dead-letters':
      return `dead letters of ${place.name}`;
    case 'function':
      return `function ${place.name}`;
    case 'dashboard':
      return 'dashboard';
    case 'cache':
      return 'cache';
    case 'aws-health':
      return 'AWS Health';
  }
}

export const dashboardLink = (region: string, name: string): string =>
  `${consoleOf({ region }, 'cloudwatch')}#dashboards/dashboard/${encodeURIComponent(name)}`;

export const alarmLink = (region: string, name: string): string =>
  `${consoleOf({ region }, 'cloudwatch')}#alarmsV2:alarm/${encodeURIComponent(name)}`;

/** @param heading as in docs/runbook.md, `personalise/render-errors` */
export const runbookLink = (runbookUrl: string, heading: string): string =>
  `${runbookUrl}#${headingAnchor(heading)}`;

/** The anchor that GitHub gives a heading. */
export const headingAnchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/gu, '-');

const consoleOf = ({ region }: Pick<Whereabouts, 'region'>, service: string): string =>
  `https://${region}.console.aws.amazon.com/${service}/home?region=${region}`;

/** CloudWatch Logs Insights over the last hour. */
function logsLink(at: Whereabouts, part: string, filter?: string): string {
  const query = [
    'fields @timestamp, @message',
    ...(filter === undefined ? [] : [`filter ${filter}`]),
    'sort @timestamp desc',
    'limit 100',
  ].join('\n| ');
  const detail = [
    'end~0',
    'start~-3600',
    "timeType~'RELATIVE",
    "unit~'seconds",
    `editorString~'${tildeEscape(query)}`,
    `source~(~'${tildeEscape(logGroupName(at.stage, at.service, part))})`,
  ].join('~');
  return `${consoleOf(at, 'cloudwatch')}#logsV2:logs-insights$3FqueryDetail$3D~(${detail})`;
}

/** A string in the notation of the console's addresses: `*2f` for a slash, `**20ac` for what takes two bytes, `!` for a dollar. */
const tildeEscape = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9_.-]/gu, (character) =>
    character === '$'
      ? '!'
      : Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );

const escapeUnit = (code: number): string =>
  code < 256 ? `*${code.toString(16).padStart(2, '0')}` : `**${code.toString(16).padStart(4, '0')}`;
