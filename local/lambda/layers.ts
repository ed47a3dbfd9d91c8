import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = path.join(import.meta.dirname, '../../build/local/layers');

/** Lambda's names of processors, by Node's. */
const lambdaNames: ReadonlyMap<string, string> = new Map([
  ['arm64', 'arm64'],
  ['x64', 'x86_64'],
]);

/**
 * The `node_modules` of a layer for this machine. Layers are built for one of Lambda's processors; on another one the same lockfile is installed for it, once.
 * @param folder the layer's asset, with `nodejs/package.json` and `nodejs/package-lock.json`
 * @param architectures that the asset is built for, by Lambda's names
 */
export async function layerForHost(folder: string, architectures: readonly string[]): Promise<string> {
  const own = lambdaNames.get(process.arch);
  if (process.platform === 'linux' && own !== undefined && architectures.includes(own)) {
    return path.join(folder, 'nodejs/node_modules');
  }
  const lockfile = await readFile(path.join(folder, 'nodejs/package-lock.json'));
  const digest = createHash('sha256')
    .update(lockfile)
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  const installed = path.join(cache, digest.slice(0, 16));
  if (!(await isThere(installed))) {
    const next = `${installed}.${process.pid}`;
    await mkdir(next, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) {
      await cp(path.join(folder, 'nodejs', file), path.join(next, file));
    }
    await run('npm', ['ci', '--prefix', next, '--prefer-offline', '--omit=dev', '--no-audit', '--no-fund']);
    try {
      await rename(next, installed);
    } catch (error) {
      // Another stage was faster.
      await rm(next, { recursive: true, force: true });
      if (!(await isThere(installed))) {
        throw error;
      }
    }
  }
  return path.join(installed, 'node_modules');
}

const isThere = async (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
