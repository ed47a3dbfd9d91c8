import directory from '../../directory/directory.json' with { type: 'json' };
import type { Sink } from '../sink.ts';
import type { Assembly } from '../template/assembly.ts';
import { tagValues } from '../template/tag-values.ts';
import type { Secrets } from './secrets-manager.ts';

/** What a connection signs its events with here. */
export const localConnectionSecret = (connection: string): string => `local-secret-of-${connection}`;

/** What it signed with before, which is still taken. */
export const previousConnectionSecret = (connection: string): string =>
  `local-previous-secret-of-${connection}`;

/** What signs share addresses here. */
export const localShareKey = 'local-share-key';

/**
 * The secrets of the stage, made up. `fanfare/<stage>/notify` has the addresses of people, all of which lead to the sink: `<team>-chat` and `<team>-pagerduty` for
 * every team of which the template's tags speak. `fanfare/<stage>/studio` has the key of share addresses, `fanfare/<stage>/deployments/<connection>` what a
 * connection of the service directory signs with.
 */
export function madeUpSecrets(assembly: Assembly, sink: Sink): Secrets {
  const addresses = Object.fromEntries(
    [...tagValues(assembly, 'Team')].flatMap((team) => [
      [`${team}-chat`, sink.chatUrl(team)],
      [`${team}-pagerduty`, `local-${team}`],
    ]),
  );
  const secrets: readonly (readonly [string, unknown])[] = [
    ['notify', addresses],
    ['studio', { 'share-key': localShareKey }],
    ...directory.connections.map(
      ({ id }) =>
        [
          `deployments/${id}`,
          { current: localConnectionSecret(id), previous: previousConnectionSecret(id) },
        ] as const,
    ),
  ];
  return new Map(
    [...tagValues(assembly, 'Stage')].flatMap((stage) =>
      secrets.map(([name, value]): [string, string] => [`fanfare/${stage}/${name}`, JSON.stringify(value)]),
    ),
  );
}
