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
