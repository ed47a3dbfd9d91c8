import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { readIfThere } from '../read-if-there.ts';
import { indexPage } from './index-page.ts';
import { graphPicture } from './picture/graph-picture.ts';
import { servicePage } from './service-page.ts';

type Documents = readonly PromiseDocument[];

/** Writes docs/promises: a page for each service, an index, the picture; takes pages of services away that are gone. Answers the files that changed. */
export async function writePages(folder: string, documents: Documents): Promise<string[]> {
  const pages = pagesOf(documents);
  const stale = await stalePages(folder, documents);
  await mkdir(folder, { recursive: true });
  for (const name of stale) {
    const content = pages.get(name);
    const file = path.join(folder, name);
    await (content === undefined ? rm(file) : writeFile(file, content));
  }
  return stale;
}

/** The names of files that are not what the documents make of them: changed, missing, or nobody's any more. */
export async function stalePages(folder: string, documents: Documents): Promise<string[]> {
  const pages = pagesOf(documents);
  const there = existsSync(folder) ? await readdir(folder) : [];
  const names = new Set([...pages.keys(), ...there.filter((name) => /\.(?:md|svg)$/u.test(name))]);
  const stale: string[] = [];
  for (const name of names) {
    if ((await readIfThere(path.join(folder, name))) !== pages.get(name)) {
      stale.push(name);
    }
  }
  return stale;
}

function pagesOf(documents: Documents): Map<string, string> {
  return new Map([
    ['README.md', indexPage(documents)],
    ...documents.map((document) => [`${document.service}.md`, servicePage(document, documents)] as const),
    ['graph.svg', graphPicture(documents)],
  ]);
}
