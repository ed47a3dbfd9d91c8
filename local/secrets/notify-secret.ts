import type { Sink } from '../sink.ts';
import type { Assembly } from '../template/assembly.ts';
import { tagValues } from '../template/tag-values.ts';
import type { Secrets } from './secrets-manager.ts';

/**
 * The secret with the addresses of people, made up so that all of them lead to the sink: `fanfare/<stage>/notify`, with `<team>-chat` and `<team>-pagerduty`
 * for every team of which the template's tags speak.
 */
export function notifySecret(assembly: Assembly, sink: Sink): Secrets {
  const addresses = Object.fromEntries(
    [...tagValues(assembly, 'Team')].flatMap((team) => [
      [`${team}-chat`, sink.chatUrl(team)],
      [`${team}-pagerduty`, `local-${team}`],
    ]),
  );
  return new Map(
    [...tagValues(assembly, 'Stage')].map((stage) => [`fanfare/${stage}/notify`, JSON.stringify(addresses)]),
  );
}
