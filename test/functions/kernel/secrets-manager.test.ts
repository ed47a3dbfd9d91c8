import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { createSecrets, type Secrets } from '../../../functions/kernel/secrets-manager.ts';
import { startSecretsManager } from '../foundation/secrets-server.ts';

const minutes = 60_000;

async function open(value: string | undefined) {
  const stored: Record<string, string> = value === undefined ? {} : { 'fanfare-prod-notify': value };
  const server = await startSecretsManager(stored);
  const time = { now: 0 };
  const client = new SecretsManagerClient({
    region: 'eu-west-1',
    endpoint: server.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const secrets: Secrets = createSecrets(client, 'fanfare-prod-notify', () => time.now);
  return {
    secrets,
    server,
    time,
    store: (next: Readonly<Record<string, string>>) => {
      stored['fanfare-prod-notify'] = JSON.stringify(next);
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('the secret', () => {
  it('may lack a field, which is not asked for again until the secret is read anew', async () => {
    await using world = await open('{"a":"1"}');
    const { secrets, server, time, store } = world;
    expect(await Promise.all([secrets.optionalField('b'), secrets.optionalField('a')])).toEqual([
      undefined,
      '1',
    ]);
    store({ a: '1', b: '2' });
    expect(await secrets.optionalField('b')).toBeUndefined();
    expect(server.requests).toHaveLength(1);
    time.now = 5 * minutes;
    expect(await secrets.optionalField('b')).toBe('2');
  });

  it('is read once for all who ask within five minutes, then anew', async () => {
    await using world = await open('{"a":"1","b":"2"}');
    const { secrets, server, time } = world;
    expect(await Promise.all([secrets.field('a'), secrets.field('b')])).toEqual(['1', '2']);
    time.now = 5 * minutes - 1;
    await secrets.field('a');
    expect(server.requests).toHaveLength(1);
    world.store({ a: 'new', b: '2' });
    time.now = 5 * minutes;
    expect(await secrets.field('a')).toBe('new');
  });

  it('is read anew for a value that was refused, and kept again', async () => {
    await using world = await open('{"a":"1"}');
    await world.secrets.field('a');
    world.store({ a: 'new' });
    expect(await world.secrets.freshField('a')).toBe('new');
    expect(await world.secrets.field('a')).toBe('new');
    expect(world.server.requests).toHaveLength(2);
  });

  it('is read anew for a field that it did not have', async () => {
    await using world = await open('{"a":"1"}');
    await world.secrets.field('a');
    world.store({ a: '1', b: '2' });
    expect(await world.secrets.field('b')).toBe('2');
  });

  it('that has no such field is named with it, and without what it holds', async () => {
    await using world = await open('{"a":"hidden"}');
    await expect(world.secrets.field('b')).rejects.toThrow('The secret fanfare-prod-notify has no field b.');
  });

  it.each(['https://hooks.example.com/hidden', '["hidden"]', '{"a":{"hidden":1}}', '{"a":""}', ''])(
    'that is no object of texts is refused without a word of it: %s',
    async (value) => {
      await using world = await open(value);
      const error: unknown = await world.secrets.field('a').catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        message: 'The secret fanfare-prod-notify is not a JSON object whose fields are texts.',
      });
      expect(error).not.toHaveProperty('cause');
    },
  );

  it('that could not be read is asked for again by the next', async () => {
    await using world = await open(undefined);
    await expect(world.secrets.field('a')).rejects.toThrow('can’t find');
    world.store({ a: '1' });
    expect(await world.secrets.field('a')).toBe('1');
  });
});
