import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './project-folder.ts';

const run = promisify(execFile);

/** By npm's names. */
export type Processor = 'arm64' | 'x64';

/** Exactly the layer's lockfile, for Lambda's machines whatever this one is. Without the network it is served from npm's cache. */
const installArguments = (processor: Processor): string[] => [
  'ci',
  '--prefer-offline',
  '--os=linux',
  `--cpu=${processor}`,
  '--libc=glibc',
  '--omit=dev',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

/** Installs what `layers/<layer>` lists into `<folder>/nodejs/node_modules`, where Lambda looks for a layer's packages. */
export async function buildLayer(
  layer: 'sharp' | 'webcodecs',
  processor: Processor,
  folder: string,
): Promise<void> {
  const target = path.join(folder, 'nodejs');
  await mkdir(target);
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(path.join(projectFolder, 'layers', layer, file), path.join(target, file));
  }
  try {
    await run('npm', installArguments(processor), { cwd: target });
  } catch (error) {
    throw new Error(
      `The ${layer} layer could not be installed: npm has to reach its registry once, after that its cache is enough.`,
      { cause: error },
    );
  }
}
