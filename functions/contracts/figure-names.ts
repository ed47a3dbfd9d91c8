/** What is measured of services: the five metrics of DORA (2026), and what is next to them in operations. Without its schema, so that a page does not carry one. */
export const figureNames = [
  'changeLeadTime',
  'deploymentFrequency',
  'failedDeploymentRecoveryTime',
  'changeFailRate',
  'deploymentReworkRate',
  'timeToDetect',
  'timeToRestoreService',
  'timeBetweenFailures',
  'deployments',
  'changes',
  'incidents',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Why a figure is not known: never is that a zero. */
export const unknownReasons = {
  'nothing-to-measure': 'Nothing of the kind happened in this time.',
  'most-are-still-open': 'At least half have not ended yet; they last longer than those that have.',
} as const;
