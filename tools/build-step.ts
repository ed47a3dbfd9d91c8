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

export interface BuildOptions {
  /** @default the project */
  readonly folder?: string;
  /** Is done once the steps have begun, while what they started in other processes works; not when there is nothing to build. @default nothing */
  readonly meanwhile?: () => Promise<void>;
}

/**
 * Runs the steps whose inputs changed since their last success, all at once. Rejects as the first that failed did, once all have ended: whoever comes next would clear
 * their folders away under them.
 */
export async function runBuildSteps(
  steps: readonly BuildStep[],
  { folder = projectFolder, meanwhile = async () => undefined }: BuildOptions = {},
): Promise<void> {
  const prepared = await Promise.all(steps.map((step) => prepare(step, folder)));
  const builds = prepared.filter((build) => build !== undefined);
  if (builds.length > 0) {
    const ended = await Promise.allSettled([...builds.map((build) => build()), meanwhile()]);
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed !== undefined) {
      throw failed.reason;
    }
  }
}

/** What runs the step; undefined when nothing changed. The output is replaced as a whole, so that nobody sees half of it. */
async function prepare(step: BuildStep, folder: string): Promise<(() => Promise<void>) | undefined> {
  const output = path.join(folder, 'build', step.output);
  const stampFile = path.join(folder, 'build/stamps', `${step.output.replaceAll('/', '-')}.sha256`);
  const stamp = await fingerprint(folder, step.inputs);
  if (existsSync(output) && (await readIfThere(stampFile)) === stamp) {
    return undefined;
  }
  const next = `${output}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  return async () => {
    await step.work(next);
    await rm(stampFile, { force: true });
    await rm(output, { recursive: true, force: true });
    await rename(next, output);
    await mkdir(path.dirname(stampFile), { recursive: true });
    await writeFile(stampFile, stamp);
  };
}
