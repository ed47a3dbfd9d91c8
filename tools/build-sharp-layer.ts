import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './project-folder.ts';

const run = promisify(execFile);

/** Exactly the layer's lockfile, for Lambda's machines whatever this one is. Without the network it is served from npm's cache. */
const installArguments = [
  'ci',
  '--prefer-offline',
  '--os=linux',
  '--cpu=arm64',
  '--libc=glibc',
  '--omit=dev',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

/** Installs sharp for linux-arm64 into `<folder>/nodejs/node_modules`, where Lambda looks for a layer's packages. */
export async function buildSharpLayer(folder: string): Promise<void> {
  const target = path.join(folder, 'nodejs');
  await mkdir(target);
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(path.join(projectFolder, 'layers/sharp', file), path.join(target, file));
  }
  try {
    await run('npm', installArguments, { cwd: target });
  } catch (error) {
    throw new Error(
      'The sharp layer could not be installed: npm has to reach its registry once, after that its cache is enough.',
      { cause: error },
    );
  }
}
