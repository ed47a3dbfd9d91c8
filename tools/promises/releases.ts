import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { type PromiseDocument, promiseDocumentSchema } from '../../functions/contracts/promise.ts';
import { compareWithRelease, type Release } from './compare-with-release.ts';

const releaseSchema = promiseDocumentSchema.omit({ checklist: true });

/** The last release of every service in a folder; none when there is no folder. */
export async function readReleases(folder: string): Promise<Release[]> {
  return await Promise.all(
    (await releaseFiles(folder)).map(async (file) => {
      const { success, data, error } = releaseSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
      if (!success) {
        throw new Error(`${file} is not a released promise document: ${z.prettifyError(error)}`);
      }
      return data;
    }),
  );
}

/** Why the documents may not take the place of what was released, in sentences; empty when they may. */
export function releaseRefusals(
  releases: readonly Release[],
  documents: readonly PromiseDocument[],
): string[] {
  const documentOf = new Map(documents.map((document) => [document.service, document]));
  return releases.flatMap((released) => {
    const document = documentOf.get(released.service);
    return document === undefined
      ? withoutDocument(released)
      : compareWithRelease(released, document).refusals;
  });
}

/** Writes what is released from now on: one file a service, and none for a service that is gone. Ask `releaseRefusals` before. */
export async function writeReleases(folder: string, documents: readonly PromiseDocument[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const written = new Set<string>();
  for (const document of documents) {
    const file = path.join(folder, `${document.service}.json`);
    await writeFile(file, `${JSON.stringify({ ...document, checklist: undefined }, undefined, 2)}\n`);
    written.add(file);
  }
  for (const file of await releaseFiles(folder)) {
    if (!written.has(file)) {
      await rm(file);
    }
  }
}

async function releaseFiles(folder: string): Promise<string[]> {
  const names = existsSync(folder) ? await readdir(folder) : [];
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted((one, other) => (one < other ? -1 : 1))
    .map((name) => path.join(folder, name));
}

/** A service may go when it promises nothing any more; until then somebody may rely on it. */
function withoutDocument({ service, version, promises }: Release): string[] {
  return promises.length === 0
    ? []
    : [
        `${service}: the service was withdrawn or renamed, and with it what version ${version} promised: ${promises.map(({ id }) => id).join(', ')}. Keep its document, withdraw its promises in a new major version, run npm run promises -- release, and take the service away after that.`,
      ];
}
