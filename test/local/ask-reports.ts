import type { Stage } from '../../local/stage.ts';

/** Asks what is known of deployments, as somebody of `delivery`. */
export async function askReports(
  stage: Stage,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const token = await stage.token('delivery');
  return fetch(`${stage.origin}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
}

/** What may be asked, of times that are over. */
export const questions: readonly string[] = [
  '/deployments/services',
  '/deployments/services/studio',
  '/deployments/services/studio/timeline?from=2026-06-01&to=2026-06-02',
  '/deployments/events?service=studio&from=2026-06-01&to=2026-06-02',
  '/deployments/environments/dev?at=2026-06-02',
  '/deployments/metrics?from=2026-06-01&to=2026-06-30',
];

/** What is refused, with which status and code. */
export const refusedQuestions: readonly (readonly [string, number, string])[] = [
  ['/deployments/services/nobody', 404, 'unknown-service'],
  ['/deployments/services/nobody/timeline', 404, 'unknown-service'],
  ['/deployments/events/studio~0000000000000000', 404, 'unknown-event'],
  ['/deployments/metrics?team=nobody', 404, 'unknown-scope'],
  ['/deployments/events?limit=0', 400, 'invalid-query'],
  ['/deployments/events?after=now&wait=99', 400, 'invalid-wait'],
];
