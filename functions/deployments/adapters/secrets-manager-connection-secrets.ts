import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { parseJson } from '../../kernel/parse-json.ts';
import type { ConnectionSecrets } from '../domain/intake/ports.ts';

/** How long secrets are kept, in milliseconds: one that was taken away is refused everywhere after it. */
const lifeMs = 5 * 60_000;
/** Who signs wrongly, again and again, makes nobody ask Secrets Manager more often than this. */
const freshMs = 30_000;

/** `previous` is valid too while its sender is being changed over; an operator takes it out. */
const secretSchema = z.object({ current: z.string().min(16), previous: z.string().min(16).optional() });

interface Kept {
  readonly secrets: Promise<readonly string[]>;
  readonly readAt: number;
}

/** One secret a connection: JSON with `current`, and `previous` during a rotation. */
export function createConnectionSecrets(
  client: SecretsManagerClient,
  nameOf: (connection: string) => string,
  clock: Clock,
): ConnectionSecrets {
  const kept = new Map<string, Kept>();
  const within = async (connection: string, mostMs: number): Promise<readonly string[]> => {
    const known = kept.get(connection);
    if (known !== undefined && known.readAt + mostMs > clock()) {
      return known.secrets;
    }
    const reading: Kept = { secrets: readSecrets(client, nameOf(connection)), readAt: clock() };
    kept.set(connection, reading);
    try {
      return await reading.secrets;
    } catch (error) {
      if (kept.get(connection) === reading) {
        kept.delete(connection);
      }
      throw error;
    }
  };
  return {
    of: (connection) => within(connection, lifeMs),
    freshOf: (connection) => within(connection, freshMs),
  };
}

/** No error of it quotes what was read. */
async function readSecrets(client: SecretsManagerClient, name: string): Promise<readonly string[]> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  const parsed = secretSchema.safeParse(parseJson(SecretString ?? ''));
  if (!parsed.success) {
    throw new Error(
      `The secret ${name} is not JSON with current, and previous if there is one, of 16 characters.`,
    );
  }
  const { current, previous } = parsed.data;
  return previous === undefined ? [current] : [current, previous];
}
