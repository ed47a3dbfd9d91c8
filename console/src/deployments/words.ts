import type { EventSummary, Figure } from '../../../functions/contracts/deployment-report.ts';
import type { FigureName } from '../../../functions/contracts/figure-names.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const figureInWords: Readonly<Record<FigureName, string>> = {
  changeLeadTime: 'Change lead time',
  deploymentFrequency: 'Deployment frequency',
  failedDeploymentRecoveryTime: 'Failed deployment recovery time',
  changeFailRate: 'Change fail rate',
  deploymentReworkRate: 'Deployment rework rate',
  timeToDetect: 'Time to detect',
  timeToRestoreService: 'Time to restore service',
  timeBetweenFailures: 'Time between failures',
  deployments: 'Deployments',
  changes: 'Changes',
  incidents: 'Incidents',
};

/** `850 ms`, `42 s`, `18 min`, `3 h 5 min`, `2 d 4 h`: never rounded to nothing. */
export function lengthInWords(ms: number): string {
  if (ms < secondMs) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < minuteMs) {
    return `${trimmed(ms / secondMs)} s`;
  }
  if (ms < hourMs) {
    return two(ms, minuteMs, 'min', secondMs, 's');
  }
  return ms < dayMs ? two(ms, hourMs, 'h', minuteMs, 'min') : two(ms, dayMs, 'd', hourMs, 'h');
}

function two(ms: number, large: number, largeName: string, small: number, smallName: string): string {
  const rounded = Math.round(ms / small) * small;
  const rest = Math.round((rounded % large) / small);
  return `${Math.floor(rounded / large)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

const trimmed = (value: number): string => String(Math.round(value * 10) / 10);

export function valueInWords({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  if (value === null) {
    return 'unknown';
  }
  switch (unit) {
    case 'milliseconds':
      return lengthInWords(value);
    case 'ratio':
      return `${trimmed(value * 100)} %`;
    case 'per-day':
      return value >= 1 || value === 0 ? `${trimmed(value)} a day` : `${trimmed(value * 7)} a week`;
    case 'count':
      return String(value);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  'service.deployed': 'Deployed',
  'service.upgraded': 'Upgraded',
  'service.rolledback': 'Rolled back',
  'service.removed': 'Removed',
  'service.published': 'Published',
  'incident.detected': 'Incident',
  'incident.reported': 'Incident reported',
  'incident.resolved': 'Resolved',
  'change.merged': 'Change merged',
  'change.created': 'Change proposed',
  'change.reviewed': 'Change reviewed',
  'artifact.packaged': 'Packaged',
  'artifact.published': 'Artifact published',
  'pipelinerun.finished': 'Pipeline finished',
};

export const typeInWords = ({ type }: Pick<EventSummary, 'type'>): string => typeWords[type] ?? type;

/** `21 Nov 2026, 16:42:07` */
export const timeOf = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** What an event means for who reads it, as a colour: never the only sign. */
export function toneOf({ type }: Pick<EventSummary, 'type'>): 'good' | 'bad' | 'mended' | 'plain' {
  if (type === 'incident.detected' || type === 'incident.reported' || type === 'service.rolledback') {
    return 'bad';
  }
  if (type === 'incident.resolved') {
    return 'mended';
  }
  return type === 'service.deployed' || type === 'service.upgraded' ? 'good' : 'plain';
}
