import type { Figure, Figures } from '../../contracts/deployment-report.ts';
import type { DayFigures } from './day-figures.ts';
import { medianOf } from './median.ts';

/**
 * The five metrics of DORA (2026) and those of operations, of what happened in some days.
 *
 * @param days how many days those were: what the frequency is of
 */
export function figuresOf(sums: DayFigures, days: number): Figures {
  const { deployments, failed, rework, unrecovered, incidents, open, changes } = sums;
  return {
    changeLeadTime: length(
      sums.leadMs,
      0,
      'Median, over changes, of: first deployment of the change to production − its commit (or its merge, where no commit is told).',
    ),
    deploymentFrequency: {
      value: days > 0 ? deployments / days : null,
      unit: 'per-day',
      ...(days > 0 ? {} : { unknown: 'nothing-to-measure' }),
      formula: 'Deployments to production ÷ days. Rollbacks are not deployments.',
      sample: deployments,
    },
    failedDeploymentRecoveryTime: length(
      sums.recoveryMs,
      unrecovered,
      'Median, over failed deployments, of: all its incidents resolved, or its rollback where it had none − the deployment.',
    ),
    changeFailRate: ratio(
      failed,
      deployments,
      'Failed deployments ÷ deployments. Failed: rolled back, or with an incident that names it or was noticed within 24 hours after it and before the next; each counts once.',
    ),
    deploymentReworkRate: ratio(
      rework,
      deployments,
      'Unplanned deployments ÷ deployments. Unplanned: said so, linked to an incident, or made while one was open.',
    ),
    timeToDetect: length(
      sums.detectMs,
      0,
      'Median, over incidents, of: detection − onset, where the onset is known.',
    ),
    timeToRestoreService: length(sums.restoreMs, open, 'Median, over incidents, of: resolution − detection.'),
    timeBetweenFailures: length(
      sums.betweenMs,
      0,
      'Median of: onset of an incident (or its detection) − resolution of the one before it.',
    ),
    deployments: count(deployments, 'Deployments to production.'),
    changes: count(changes, 'Changes merged.'),
    incidents: { ...count(incidents, 'Incidents detected in production.'), open },
  };
}

function length(ended: readonly number[], open: number, formula: string): Figure {
  const median = medianOf(ended, open);
  const sample = ended.length + open;
  return {
    ...('ms' in median ? { value: median.ms } : { value: null, unknown: median.unknown }),
    unit: 'milliseconds',
    formula,
    sample,
    ...(open > 0 ? { open } : {}),
  };
}

const ratio = (part: number, all: number, formula: string): Figure => ({
  ...(all > 0 ? { value: part / all } : { value: null, unknown: 'nothing-to-measure' as const }),
  unit: 'ratio',
  formula,
  sample: all,
});

const count = (value: number, formula: string): Figure => ({ value, unit: 'count', formula, sample: value });
