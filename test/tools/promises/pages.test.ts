import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PromiseDocument } from '../../../functions/contracts/promise.ts';
import { promiseDocuments } from '../../../functions/promises.ts';
import { stalePages, writePages } from '../../../tools/promises/pages.ts';
import { bare, documentOf, helped, promiseOf } from './documents.ts';

const published = path.join(import.meta.dirname, '../../../docs/promises');

describe('docs/promises', () => {
  it('is what the documents make of it (npm run promises)', async () => {
    expect(await stalePages(published, promiseDocuments)).toEqual([]);
  });
});

describe('the pages of promises', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'promises-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const shop = documentOf('shop', {
    dependsOn: [bare('Amazon S3'), helped('cache/answers')],
    expects: [{ of: 'whoever asks', what: 'At most ten a second.', otherwise: 'More are refused.' }],
  });
  const cache = documentOf('cache', { promises: [promiseOf('answers'), promiseOf('keeps')] });
  const documents: readonly PromiseDocument[] = [shop, cache];
  const page = async (name: string): Promise<string> => await readFile(path.join(folder, name), 'utf8');

  it('are all missing at first, and current once they are written', async () => {
    const all = ['README.md', 'shop.md', 'cache.md', 'graph.svg'];
    expect(await stalePages(path.join(folder, 'none'), documents)).toEqual(all);
    expect(await writePages(folder, documents)).toEqual(all);
    expect(await stalePages(folder, documents)).toEqual([]);
    expect(await writePages(folder, documents)).toEqual([]);
  });

  it('are named when somebody changed them by hand', async () => {
    await writePages(folder, documents);
    await writeFile(path.join(folder, 'shop.md'), `${await page('shop.md')}And a free lunch.\n`);
    expect(await stalePages(folder, documents)).toEqual(['shop.md']);
  });

  it('are named when the document changed: its own, the index, and those of whom it depends on', async () => {
    await writePages(folder, documents);
    const renamed = [{ ...shop, product: 'The store' }, cache];
    expect(await stalePages(folder, renamed)).toEqual(['README.md', 'shop.md', 'cache.md', 'graph.svg']);
  });

  it('go when their service went', async () => {
    await writePages(folder, documents);
    expect(await stalePages(folder, [cache])).toContain('shop.md');
    expect(await writePages(folder, [cache])).toContain('shop.md');
    await expect(page('shop.md')).rejects.toThrow('ENOENT');
  });

  it('say what a consumer gets, when, and what to do without it', async () => {
    await writePages(folder, documents);
    const text = await page('shop.md');
    for (const line of [
      'Service `shop` · team `platform` · version 1.0.0',
      '**Whoever asks gets an answer.**',
      '| Objective | at least 99 %, over 30 days |',
      '| Measured as | requests to the API minus requests that the API answered with 5xx, out of requests to the API |',
      '| In metric math | `(requests - failures) / requests`<br>`requests` is API: Count, Sum<br>`failures` is API: 5xx, Sum |',
      '| Unknown below | 20 in the time that is looked at, counted as requests to the API |',
      '| Holds | It is asked at most ten times a second. |',
      '| Kept by | `answer` |',
      '| When it is broken | Requests are answered with 5xx. |',
      '| What to do then | Ask again later. |',
      '| whoever asks | At most ten a second. | More are refused. |',
      '| 1.0.0 | 2026-01-01 | The first promises. |',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('say what a service stands on, what steps in, and why nothing does', async () => {
    await writePages(folder, documents);
    const text = await page('shop.md');
    expect(text).toContain(
      '| Amazon S3 | Nothing works any more. | **Nothing: a single point of failure.** There is only one of these. |',
    );
    expect(text).toContain(
      '| [The cache: answers](cache.md#answers) | It goes on with less. | retry: It tries again later. |',
    );
  });

  it('say who stands on a service', async () => {
    await writePages(folder, documents);
    expect(await page('cache.md')).toContain(
      '| [The shop](shop.md) | [answers](#answers) | It goes on with less. | retry: It tries again later. |',
    );
    expect(await page('shop.md')).toContain('## Who depends on it\n\nNobody.');
  });

  it('list every promise with its team, and every leaf with what falls', async () => {
    await writePages(folder, documents);
    const text = await page('README.md');
    expect(text).toContain(
      '| [The cache](cache.md) | platform | [keeps](cache.md#keeps): Whoever asks gets an answer. | at least 99 % | 30 days |',
    );
    expect(text).toContain('| Amazon S3 | 1: shop | 0 | shop | none |');
    expect(text).toContain('| cache/answers | 0 | 1: shop | shop | yes |');
    expect(text).toContain('(graph.svg)');
  });
});
