import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLayer } from '../../tools/build-layer.ts';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'fanfare-layers-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** Every file and link of a folder, with the hash of its content. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const hashed = files.map(async (file) => [
    path.relative(folder, file),
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  ]);
  return Object.fromEntries(await Promise.all(hashed));
}

describe('a layer', () => {
  it.each(['sharp', 'webcodecs'] as const)(
    '%s is the same whether its packages are copied from the project or installed by npm',
    { timeout: 60_000 },
    async (layer) => {
      const [copied, installed] = [
        path.join(scratch, layer, 'copied'),
        path.join(scratch, layer, 'installed'),
      ];
      const nothingInstalled = path.join(scratch, 'nothing');
      await buildLayer(layer, 'x64', copied);
      await buildLayer(layer, 'x64', installed, nothingInstalled);
      const contents = await contentsOf(installed);
      expect(Object.keys(contents).filter((file) => file.endsWith('.node')).length).toBeGreaterThan(0);
      await expect(contentsOf(copied)).resolves.toEqual(contents);
    },
  );

  it(
    'has what Lambda’s other processor needs, which this machine has not installed',
    { timeout: 60_000 },
    async () => {
      const folder = path.join(scratch, 'arm64');
      await buildLayer('sharp', 'arm64', folder);
      const packages = await readdir(path.join(folder, 'nodejs/node_modules/@img'));
      expect(packages.toSorted()).toEqual(['colour', 'sharp-libvips-linux-arm64', 'sharp-linux-arm64']);
    },
  );
});
