import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { parseStage } from '../lib/stage.ts';
import { onceBuilt } from './build.ts';
import { fingerprint } from './fingerprint.ts';
import { projectFolder } from './project-folder.ts';
import { runScript } from './run-script.ts';

/** All that an assembly is made of: the app, and what was built for it. */
const inputs = [
  'lib',
  'functions',
  'docs/runbook.md',
  'CODEOWNERS',
  'tools/synthesize.ts',
  'tools/synthesize-app.ts',
  'tools/run-script.ts',
  'cdk.json',
  'package-lock.json',
  'build/stamps',
];

/** Assemblies kept: they are as large as the sharp layer. */
const kept = 6;

/**
 * The cloud assembly of `stage`, the same templates as `cdk synth --context stage=…` gives. Builds what changed, and synthesizes only when something did.
 * @returns the folder with `manifest.json`; it is not changed any more, but removed after some newer ones
 */
export async function synthesize(stage: string): Promise<string> {
  const known = parseStage(stage);
  const folder = path.join(projectFolder, 'build/assemblies');
  return await onceBuilt(async () => {
    const assembly = path.join(folder, `${known}-${(await fingerprint(projectFolder, inputs)).slice(0, 16)}`);
    if (await isThere(assembly)) {
      await utimes(assembly, new Date(), new Date());
      return assembly;
    }
    const next = `${assembly}.next`;
    await rm(next, { recursive: true, force: true });
    // In a process of its own: the CDK is large, and whoever runs the assembly would carry it in memory.
    await runScript('synthesize-app.ts', [known, next], `The synthesis of ${known} failed:`);
    await rename(next, assembly);
    await removeOldest(folder);
    return assembly;
  });
}

async function removeOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  const assemblies = await Promise.all(
    names.map(async (name) => ({ name, used: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const old = assemblies.toSorted((a, b) => b.used - a.used).slice(kept);
  await Promise.all(old.map(({ name }) => rm(path.join(folder, name), { recursive: true, force: true })));
}

const isThere = async (folder: string): Promise<boolean> =>
  await stat(folder).then(
    () => true,
    () => false,
  );
