import type { ServiceAudit } from '../../../functions/contracts/service-audit.ts';
import { type Answer, request } from './request.ts';
import { isAbsentOr, isNumber, isShape, isText } from './shapes.ts';

/** @param after the cursor of an audit that is going on */
export function getAudit(
  token: string,
  service: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Answer<ServiceAudit>> {
  const query = after === undefined ? '' : `?${new URLSearchParams({ after }).toString()}`;
  return request(`/deployments/services/${encodeURIComponent(service)}/audit${query}`, isAudit, {
    token,
    signal,
    // A function's longest time.
    timeoutMs: 30_000,
  });
}

const states: Readonly<Record<ServiceAudit['state'], true>> = { 'going-on': true, whole: true, broken: true };

const isAudit = (value: unknown): value is ServiceAudit =>
  isShape(value) &&
  isText(value['state']) &&
  Object.hasOwn(states, value['state']) &&
  isNumber(value['records']) &&
  isShape(value['statements']) &&
  isNumber(value['statements']['verified']) &&
  isNumber(value['statements']['of']) &&
  isText(value['signingKey']) &&
  isAbsentOr(
    value['signed'],
    (signed) => isShape(signed) && isNumber(signed['place']) && isText(signed['at']),
  ) &&
  isAbsentOr(value['problem'], (problem) => isShape(problem) && isText(problem['reason'])) &&
  isAbsentOr(value['cursor'], isText);
