import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../functions/promises.ts';
import { historyProblems } from '../../../tools/promises/history-problems.ts';
import { readReleases, releaseRefusals, writeReleases } from '../../../tools/promises/releases.ts';
import { documentOf, promiseOf } from './documents.ts';

const published = path.join(import.meta.dirname, '../../../docs/promises/released');

describe('the promises of the services', () => {
  it('were not weakened in silence since they were released', async () => {
    expect(releaseRefusals(await readReleases(published), promiseDocuments)).toEqual([]);
  });

  it('are released for every service', async () => {
    const released = await readReleases(published);
    expect(released.map(({ service }) => service)).toEqual(
      promiseDocuments.map(({ service }) => service).toSorted(),
    );
  });

  it('have a list of changes that is in order', () => {
    expect(promiseDocuments.flatMap(historyProblems)).toEqual([]);
  });

  it('would be refused if one of them were weakened under the same version', async () => {
    const releases = await readReleases(published);
    for (const document of promiseDocuments) {
      for (const { id } of document.promises) {
        const weakened = structuredClone(promiseDocuments);
        for (const promise of weakened.flatMap(({ service, promises }) =>
          service === document.service ? promises : [],
        )) {
          promise.minimumTraffic += Number(promise.id === id);
        }
        expect(releaseRefusals(releases, weakened)).toEqual([
          expect.stringContaining(`the traffic below which ${id} is unknown was raised`),
        ]);
      }
    }
  });
});

describe('releases', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'releases-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const shop = documentOf('shop', {
    checklist: [{ alarms: ['*'], steps: [{ look: 'Look at the dashboard.' }] }],
  });
  const cache = documentOf('cache');

  it('are none before the first', async () => {
    expect(await readReleases(path.join(folder, 'none'))).toEqual([]);
    expect(releaseRefusals([], [shop, cache])).toEqual([]);
  });

  it('are read as they were written, without what is for the own team', async () => {
    await writeReleases(folder, [shop, cache]);
    const { checklist: _, ...agreed } = shop;
    const releases = await readReleases(folder);
    expect(releases).toContainEqual(agreed);
    expect(releaseRefusals(releases, [shop, cache])).toEqual([]);
  });

  it('refuse another document under a version that was released', async () => {
    await writeReleases(folder, [shop, cache]);
    const changed = { ...cache, description: 'A service in other words.' };
    expect(releaseRefusals(await readReleases(folder), [shop, changed])).toEqual([
      expect.stringContaining('cache: the description was changed'),
    ]);
  });

  it('refuse to lose a service that promises something', async () => {
    await writeReleases(folder, [shop, cache]);
    expect(releaseRefusals(await readReleases(folder), [shop])).toEqual([
      'cache: the service was withdrawn or renamed, and with it what version 1.0.0 promised: answers. Keep its document, withdraw its promises in a new major version, run npm run promises -- release, and take the service away after that.',
    ]);
  });

  it('let a service go that promises nothing any more', async () => {
    await writeReleases(folder, [shop, { ...cache, promises: [] }]);
    expect(releaseRefusals(await readReleases(folder), [shop])).toEqual([]);
    await writeReleases(folder, [shop]);
    expect(await readdir(folder)).toEqual(['shop.json']);
  });

  it('welcome a service that is new', async () => {
    await writeReleases(folder, [shop]);
    expect(releaseRefusals(await readReleases(folder), [shop, cache])).toEqual([]);
  });

  it('are the last ones: the next comparison is with them', async () => {
    await writeReleases(folder, [cache]);
    const next = {
      ...cache,
      version: '1.1.0',
      changes: [{ version: '1.1.0', date: '2026-02-01', what: 'It keeps things, too.' }, ...cache.changes],
      promises: [...cache.promises, promiseOf('keeps')],
    };
    await writeReleases(folder, [next]);
    expect(releaseRefusals(await readReleases(folder), [cache])).not.toEqual([]);
    expect(releaseRefusals(await readReleases(folder), [next])).toEqual([]);
  });

  it('say which file is none', async () => {
    await writeFile(path.join(folder, 'shop.json'), '{"service": "shop"}');
    await expect(readReleases(folder)).rejects.toThrow(
      /shop\.json is not a released promise document: .*product/su,
    );
  });
});
