import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 over the names and contents of `roots` (files or folders, relative to `base`); one that is absent counts as absent. */
export async function fingerprint(base: string, roots: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const root of roots.toSorted()) {
    for (const file of await filesOf(path.join(base, root))) {
      hash.update(`${path.relative(base, file)}\0`);
      hash.update(
        createHash('sha256')
          .update(await readFile(file))
          .digest(),
      );
    }
  }
  return hash.digest('hex');
}

async function filesOf(root: string): Promise<string[]> {
  const found = await stat(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  });
  if (found === undefined) {
    return [];
  }
  if (!found.isDirectory()) {
    return [root];
  }
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${path.sep}node_modules${path.sep}`))
    .toSorted();
}
