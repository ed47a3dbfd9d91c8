import { archivedEvent, type ArchivedEvent } from '../../contracts/deployment-event.ts';
import { parseJson } from '../../kernel/parse-json.ts';
import { listFolders, listKeys } from '../../kernel/s3-client.ts';
import { createObject, getObject } from '../../kernel/s3.ts';
import { ChainMoved, chainStart, headOf, linkTo } from '../domain/chain.ts';
import { coveringPacks } from '../domain/packs/covering-packs.ts';
import type { Archive, ChainHead } from '../domain/ports.ts';
import {
  archivePrefixes,
  ndjson,
  placesOf,
  recordKey,
  recordsPrefix,
  serviceOfFolder,
} from './archive-keys.ts';
import { packsOf } from './s3-packs.ts';

/** Objects that are read ahead of who asks for their records. */
const readAhead = 16;

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
        const line = Buffer.from(`${JSON.stringify(linked)}\n`);
        if (!(await createObject(bucket, recordKey(service, linked.sequence), line, ndjson))) {
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
async function* keysFrom(bucket: string, service: string, fromSequence: number): AsyncGenerator<string> {
  const { packs, end } = coveringPacks(await packsOf(bucket, service), fromSequence);
  yield* packs.map(({ key }) => key);
  yield* recordKeysFrom(bucket, service, end + 1);
}

/** Records below `chains/`, from a place on. */
export const recordKeysFrom = (
  bucket: string,
  service: string,
  fromSequence: number,
): AsyncGenerator<string> =>
  listKeys(bucket, recordsPrefix(service), { startAfter: recordKey(service, fromSequence - 1) });

/** The pack that reaches furthest. */
async function lastPack(bucket: string, service: string): Promise<string | undefined> {
  const packs = await packsOf(bucket, service);
  return packs.toSorted((a, b) => a.last - b.last).at(-1)?.key;
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

/** An object that is listed. */
export async function readObject(bucket: string, key: string): Promise<ArchiveObject> {
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
