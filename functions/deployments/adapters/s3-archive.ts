import { archivedEvent, type ArchivedEvent } from '../../contracts/deployment-event.ts';
import { parseJson } from '../../kernel/parse-json.ts';
import { createObject, getObject, listFolders, listKeys } from '../../kernel/s3.ts';
import { ChainMoved, chainStart, headOf, linkTo } from '../domain/chain.ts';
import type { Archive, ChainHead } from '../domain/ports.ts';
import {
  archivePrefixes,
  packKey,
  packPrefix,
  placesOf,
  recordKey,
  recordsPrefix,
  serviceOfFolder,
} from './archive-keys.ts';

/** Objects that are read ahead of who asks for their records. */
const readAhead = 16;
const contentType = 'application/x-ndjson';

/**
 * The archive in a bucket whose objects are written once.
 *
 * @param pageSize keys that S3 lists at once
 */
export function createArchive(bucket: string, pageSize = 1000): Archive {
  return {
    head: async (service) => {
      const key = (await lastRecord(bucket, service, pageSize)) ?? (await lastPack(bucket, service));
      if (key === undefined) {
        return chainStart;
      }
      const last = (await recordsOf(bucket, key)).at(-1);
      if (last === undefined) {
        throw new Error(`The archive’s object ${key} has no record.`);
      }
      return headOf(last);
    },
    append: async (service, after, events) => {
      const written: ArchivedEvent[] = [];
      let head: ChainHead = after;
      for (const event of events) {
        const linked = linkTo(head, event);
        if (
          !(await createObject(bucket, recordKey(service, linked.sequence), toLines([linked]), contentType))
        ) {
          throw new ChainMoved(service, linked.sequence);
        }
        written.push(linked);
        head = headOf(linked);
      }
      return written;
    },
    read: async function* (service, fromSequence) {
      let next = fromSequence;
      for await (const { key, body } of readObjects(bucket, keysFrom(bucket, service, fromSequence))) {
        for (const record of parseRecords(key, body)) {
          // A pack may begin before the place that is asked for, or overlap with the one before it.
          if (record.sequence >= next) {
            yield record;
            next = record.sequence + 1;
          }
        }
      }
    },
    services: async function* () {
      const seen = new Set<string>();
      for (const prefix of archivePrefixes) {
        for await (const folder of listFolders(bucket, prefix)) {
          const service = serviceOfFolder(folder);
          if (!seen.has(service)) {
            seen.add(service);
            yield service;
          }
        }
      }
    },
  };
}

/**
 * Writes records of one service, one behind the other, as one object. For archives that come from elsewhere, and to make reading everything cheap: what `append` has
 * written stays where it is.
 *
 * @returns false when there is such a pack already
 */
export async function writePack(
  bucket: string,
  service: string,
  records: readonly ArchivedEvent[],
): Promise<boolean> {
  const [first] = records;
  const last = records.at(-1);
  if (first === undefined || last === undefined) {
    throw new Error('A pack has records.');
  }
  return createObject(bucket, packKey(service, first.sequence, last.sequence), toLines(records), contentType);
}

const toLines = (records: readonly ArchivedEvent[]): Uint8Array =>
  Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));

export interface ArchiveObject {
  readonly key: string;
  readonly body: string;
}

/** The objects of these keys in their order, some read ahead. */
export async function* readObjects(
  bucket: string,
  keys: AsyncIterable<string>,
): AsyncGenerator<ArchiveObject> {
  const ahead: Promise<ArchiveObject>[] = [];
  for await (const key of keys) {
    const reading = readObject(bucket, key);
    // Whoever comes to it gets its error; until then it is nobody's.
    reading.catch(() => undefined);
    ahead.push(reading);
    const first = ahead.length === readAhead ? ahead.shift() : undefined;
    if (first !== undefined) {
      yield await first;
    }
  }
  for (const reading of ahead) {
    yield await reading;
  }
}

/** Objects that hold a service's chain from a place on, without those that a pack before them covers. */
export async function* keysFrom(
  bucket: string,
  service: string,
  fromSequence: number,
): AsyncGenerator<string> {
  let next = fromSequence;
  for (const key of await packsOf(bucket, service)) {
    const { first, last } = placesOf(key);
    if (first <= next && last >= next) {
      yield key;
      next = last + 1;
    }
  }
  yield* listKeys(bucket, recordsPrefix(service), { startAfter: recordKey(service, next - 1) });
}

/** In the order of their first record; of those that begin alike, the longest first. */
async function packsOf(bucket: string, service: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of listKeys(bucket, packPrefix(service))) {
    keys.push(key);
  }
  return keys.toSorted((a, b) => {
    const [one, other] = [placesOf(a), placesOf(b)];
    return one.first - other.first || other.last - one.last;
  });
}

/** The pack that reaches furthest. */
async function lastPack(bucket: string, service: string): Promise<string | undefined> {
  const packs = await packsOf(bucket, service);
  return packs.toSorted((a, b) => placesOf(a).last - placesOf(b).last).at(-1);
}

/** The key of the chain's last record below `chains/`: S3 lists forwards only, so the end is searched in growing steps. */
async function lastRecord(bucket: string, service: string, pageSize: number): Promise<string | undefined> {
  let last: string | undefined;
  for (;;) {
    const known = last === undefined ? 0 : placesOf(last).first;
    const page = await firstKeys(bucket, service, known, pageSize);
    last = page.at(-1) ?? last;
    if (last === undefined || page.length < pageSize) {
      return last;
    }
    for (let step = pageSize; ; step *= 2) {
      const [further] = await firstKeys(bucket, service, placesOf(last).first + step, 1);
      if (further === undefined) {
        break;
      }
      last = further;
    }
  }
}

/** The first keys behind a place of the chain. */
async function firstKeys(bucket: string, service: string, after: number, count: number): Promise<string[]> {
  const keys: string[] = [];
  const startAfter = recordKey(service, after);
  for await (const key of listKeys(bucket, recordsPrefix(service), { startAfter, pageSize: count })) {
    keys.push(key);
    if (keys.length === count) {
      break;
    }
  }
  return keys;
}

async function recordsOf(bucket: string, key: string): Promise<ArchivedEvent[]> {
  const { body } = await readObject(bucket, key);
  return parseRecords(key, body);
}

async function readObject(bucket: string, key: string): Promise<ArchiveObject> {
  const object = await getObject(bucket, key);
  if (object === undefined) {
    throw new Error(`The archive lists ${key} and does not have it.`);
  }
  return { key, body: Buffer.from(object.bytes).toString('utf8') };
}

function parseRecords(key: string, body: string): ArchivedEvent[] {
  const lines = body.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const parsed = archivedEvent.safeParse(parseJson(line));
    if (!parsed.success) {
      throw new Error(`Line ${index + 1} of ${key} is no record of the archive.`, { cause: parsed.error });
    }
    return parsed.data;
  });
}
