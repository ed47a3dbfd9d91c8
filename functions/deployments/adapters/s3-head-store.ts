import { signedHeads } from '../../contracts/signed-heads.ts';
import { parseJson } from '../../kernel/parse-json.ts';
import { listKeys } from '../../kernel/s3-client.ts';
import { createObject, getJson, getObject } from '../../kernel/s3.ts';
import type { HeadStore, StatementReader } from '../domain/audit/ports.ts';
import type { SignedStatements } from '../domain/packs/ports.ts';

const prefix = 'heads/';
const most = 999_999_999_999;

/** Keys count down, so that the newest is the first that S3 lists. */
const keyOf = (number: number): string => `${prefix}${String(most - number).padStart(12, '0')}.json`;

/** Signed heads in a bucket of their own, written once. */
export const createHeadStore = (bucket: string): HeadStore & SignedStatements => ({
  last: async () => {
    for await (const key of listKeys(bucket, prefix, { pageSize: 1 })) {
      return (await getJson(bucket, key, signedHeads))?.value;
    }
    return undefined;
  },
  create: async (heads) =>
    createObject(
      bucket,
      keyOf(heads.statement.number),
      Buffer.from(JSON.stringify(heads)),
      'application/json',
    ),
  from: async function* (number) {
    const keys: string[] = [];
    const oldest = keyOf(number);
    for await (const key of listKeys(bucket, prefix)) {
      if (key > oldest) {
        break;
      }
      keys.push(key);
    }
    for (const key of keys.toReversed()) {
      const stored = await getJson(bucket, key, signedHeads);
      if (stored !== undefined) {
        yield stored.value;
      }
    }
  },
  read: async function* () {
    const keys: string[] = [];
    for await (const key of listKeys(bucket, prefix)) {
      keys.push(key);
    }
    for (const key of keys.toReversed()) {
      const object = await getObject(bucket, key);
      yield object === undefined ? undefined : parseJson(Buffer.from(object.bytes).toString('utf8'));
    }
  },
});

/** Statements that are read ahead of who asks for them. */
const readAhead = 16;

/** The same, by number. */
export function createStatementReader(bucket: string): StatementReader {
  const newest = async (): Promise<number> => {
    for await (const key of listKeys(bucket, prefix, { pageSize: 1 })) {
      return most - Number(/(\d{12})\.json$/u.exec(key)?.[1] ?? most);
    }
    return 0;
  };
  const read = async (number: number): Promise<unknown> => {
    const object = await getObject(bucket, keyOf(number));
    return object === undefined ? undefined : parseJson(Buffer.from(object.bytes).toString('utf8'));
  };
  return {
    newest,
    from: async function* (number) {
      const last = await newest();
      const ahead: Promise<unknown>[] = [];
      for (let next = number; next <= last || ahead.length > 0; next += 1) {
        if (next <= last) {
          const reading = read(next);
          // Whoever comes to it gets its error; until then it is nobody's.
          reading.catch(() => undefined);
          ahead.push(reading);
        }
        if (ahead.length === readAhead || next >= last) {
          yield await ahead.shift();
        }
      }
    },
  };
}
