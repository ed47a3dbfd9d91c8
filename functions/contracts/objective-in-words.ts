import type { ServicePromise } from './promise.ts';

/** `99.5 % over 30 days`; `at most 3 photos set aside over 30 days`, `no photos set aside over 30 days` */
export function objectiveInWords({ measure, objective, windowDays }: ServicePromise): string {
  const over = `over ${windowDays} days`;
  if ('atLeast' in objective) {
    return `${Number((100 * objective.atLeast).toPrecision(6))} % ${over}`;
  }
  const most = objective.atMost === 0 ? 'no' : `at most ${objective.atMost}`;
  return `${most} ${measure.kind === 'bound' ? measure.unit : ''} ${over}`;
}
