import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fingerprint } from './fingerprint.ts';
import { projectFolder } from './project-folder.ts';
import { readIfThere } from './read-if-there.ts';

export interface BuildStep {
  /** The folder that is built, relative to `build/`. */
  readonly output: string;
  /** Files and folders that it is made of, relative to the project; when none of them changed, nothing is built. */
  readonly inputs: readonly string[];
  /** Builds into an empty folder. */
  readonly work: (folder: string) => Promise<void>;
}

/** Runs a step if its inputs changed since its last success. The output is replaced as a whole, so that nobody sees half of it. */
export async function runBuildStep(step: BuildStep, folder: string = projectFolder): Promise<void> {
  const output = path.join(folder, 'build', step.output);
  const stampFile = path.join(folder, 'build/stamps', `${step.output.replaceAll('/', '-')}.sha256`);
  const stamp = await fingerprint(folder, step.inputs);
  if (existsSync(output) && (await readIfThere(stampFile)) === stamp) {
    return;
  }
  const next = `${output}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  await step.work(next);
  await rm(stampFile, { force: true });
  await rm(output, { recursive: true, force: true });
  await rename(next, output);
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, stamp);
}
