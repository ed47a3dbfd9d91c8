import type { ServicePromise } from '../../functions/contracts/promise.ts';

/** `at least 99.5 %`, `at most 0 photos set aside`. */
export function objectiveInWords(
  objective: ServicePromise['objective'],
  measure: ServicePromise['measure'],
): string {
  if ('atLeast' in objective) {
    return `at least ${percent(objective.atLeast)}`;
  }
  return `at most ${objective.atMost}${measure.kind === 'bound' ? ` ${measure.unit}` : ''}`;
}

/** The same for narrow places: `≥ 99.5 %`, `≤ 0`. */
export function objectiveInSigns(objective: ServicePromise['objective']): string {
  return 'atLeast' in objective ? `≥ ${percent(objective.atLeast)}` : `≤ ${objective.atMost}`;
}

/** `99.5 %`; without the noise that a part of 1 gets when it is multiplied. */
function percent(part: number): string {
  return `${Number((part * 100).toPrecision(12))} %`;
}
