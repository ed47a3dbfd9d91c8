import type { HttpServer } from './http/http-server.ts';
import { madeUpSecrets } from './secrets/made-up-secrets.ts';
import { secretsManager } from './secrets/secrets-manager.ts';
import { Sink } from './sink.ts';
import type { Assembly } from './template/assembly.ts';

export interface OutsideWorld {
  readonly sink: Sink;
  /** `http://host:port` */
  readonly secretsManager: string;
  /** Where addresses of the outside world lead to, by their beginnings. */
  readonly redirections: ReadonlyMap<string, string>;
}

/** Everything that functions would reach beyond AWS, and the secret with its addresses. */
export async function openOutsideWorld(
  assembly: Assembly,
  listen: () => Promise<HttpServer>,
  place: { readonly account: string; readonly region: string },
): Promise<OutsideWorld> {
  const sink = new Sink(await listen());
  const secrets = await listen();
  secrets.serve(secretsManager(madeUpSecrets(assembly, sink), place));
  return {
    sink,
    secretsManager: `http://${secrets.authority}`,
    redirections: new Map([['https://events.pagerduty.com/', `${sink.endpoint}/`]]),
  };
}
