import type { HttpServer } from './http/http-server.ts';
import { localKms } from './kms/local-kms.ts';
import { madeUpSecrets } from './secrets/made-up-secrets.ts';
import { type SecretsFault, secretsManager } from './secrets/secrets-manager.ts';
import { Sink } from './sink.ts';
import type { Assembly } from './template/assembly.ts';

export interface OutsideWorld {
  readonly sink: Sink;
  /** `http://host:port` */
  readonly secretsManager: string;
  readonly secretsFault: SecretsFault;
  /** `http://host:port` */
  readonly kms: string;
  /** Where addresses of the outside world lead to, by their beginnings. */
  readonly redirections: ReadonlyMap<string, string>;
}

/** Everything that functions would reach beyond AWS, the secret with its addresses, and the keys that sign. */
export async function openOutsideWorld(
  assembly: Assembly,
  listen: () => Promise<HttpServer>,
  place: { readonly account: string; readonly region: string },
  keyArns: readonly string[],
): Promise<OutsideWorld> {
  const sink = new Sink(await listen());
  const secrets = await listen();
  const secretsFault: SecretsFault = { isAway: false };
  secrets.serve(secretsManager(madeUpSecrets(assembly, sink), place, secretsFault));
  const kms = await listen();
  kms.serve(localKms(keyArns));
  return {
    sink,
    secretsManager: `http://${secrets.authority}`,
    secretsFault,
    kms: `http://${kms.authority}`,
    redirections: new Map([['https://events.pagerduty.com/', `${sink.endpoint}/`]]),
  };
}
