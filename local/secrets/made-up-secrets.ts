import type { Sink } from '../sink.ts';
import type { Assembly } from '../template/assembly.ts';
import { tagValues } from '../template/tag-values.ts';
import type { Secrets } from './secrets-manager.ts';

/** What signs share addresses here. */
export const localShareKey = 'local-share-key';

/**
 * The secrets of the stage, made up. `fanfare/<stage>/notify` has the addresses of people, all of which lead to the sink: `<team>-chat` and `<team>-pagerduty` for
 * every team of which the template's tags speak. `fanfare/<stage>/studio` has the key of share addresses.
 */
export function madeUpSecrets(assembly: Assembly, sink: Sink): Secrets {
  const addresses = Object.fromEntries(
    [...tagValues(assembly, 'Team')].flatMap((team) => [
      [`${team}-chat`, sink.chatUrl(team)],
      [`${team}-pagerduty`, `local-${team}`],
    ]),
  );
  return new Map(
    [...tagValues(assembly, 'Stage')].flatMap((stage) => [
      [`fanfare/${stage}/notify`, JSON.stringify(addresses)],
      [`fanfare/${stage}/studio`, JSON.stringify({ 'share-key': localShareKey })],
    ]),
  );
}
