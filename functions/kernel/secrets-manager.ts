import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import { parseJson } from './parse-json.ts';

/** The fields of one secret. */
export interface Secrets {
  /** Throws, naming the field, when there is none. */
  field(name: string): Promise<string>;
  /** As `field`, but undefined when there is none. */
  optionalField(name: string): Promise<string | undefined>;
  /** As `field`, from the secret as it is now: for a value that was refused and may have been replaced. */
  freshField(name: string): Promise<string>;
}

/** How long an execution environment keeps the secret, in milliseconds: a new value is used everywhere after it. */
const secretLifeMs = 5 * 60_000;

const fieldsSchema = z.record(z.string(), z.string().min(1));
type Fields = z.infer<typeof fieldsSchema>;

/** The fields of one secret whose value is a JSON object of strings. Read when first needed; those who ask at the same time share one request. */
export function createSecrets(client: SecretsManagerClient, secretName: string, clock: Clock): Secrets {
  let kept: { fields: Promise<Fields>; until: number } | undefined;

  const fetchFields = (): Promise<Fields> => {
    const fields = readFields(client, secretName);
    const reading = { fields, until: clock() + secretLifeMs };
    kept = reading;
    fields.catch(() => {
      // The next who asks tries again; who asked now gets the error.
      if (kept === reading) {
        kept = undefined;
      }
    });
    return fields;
  };

  const keptFields = (): Promise<Fields> =>
    kept !== undefined && kept.until > clock() ? kept.fields : fetchFields();

  const freshField = async (name: string): Promise<string> => {
    const value = (await fetchFields())[name];
    if (value === undefined) {
      throw new Error(`The secret ${secretName} has no field ${name}.`);
    }
    return value;
  };

  return {
    freshField,
    field: async (name) => {
      const known = kept !== undefined && kept.until > clock() ? (await kept.fields)[name] : undefined;
      return known ?? freshField(name);
    },
    optionalField: async (name) => (await keptFields())[name],
  };
}

/** No error of it quotes what was read. */
async function readFields(client: SecretsManagerClient, secretName: string): Promise<Fields> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretName }));
  const parsed = fieldsSchema.safeParse(parseJson(SecretString ?? ''));
  if (!parsed.success) {
    throw new Error(`The secret ${secretName} is not a JSON object whose fields are texts.`);
  }
  return parsed.data;
}
