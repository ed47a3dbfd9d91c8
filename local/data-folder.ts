import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Tells a folder of the stage from any other, so that a wrong path costs nobody their files. */
const marker = '.fanfare-stage';

/** Makes a folder ready to keep a stage's objects and messages. Throws, in words, when it holds other things. */
export async function prepareDataFolder(folder: string, reset: boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  if (names.length > 0 && !names.includes(marker)) {
    throw new Error(`${folder} holds files that are not the local stage's. Give an empty or a new folder.`);
  }
  if (reset) {
    await Promise.all(names.map((name) => rm(path.join(folder, name), { recursive: true })));
  }
  await writeFile(path.join(folder, marker), 'Kept by the local stage of Fanfare between its runs.\n');
}
