import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { projectFolder } from './project-folder.ts';
import { readIfThere } from './read-if-there.ts';

const run = promisify(execFile);

/** By npm's names. */
export type Processor = 'arm64' | 'x64';

/**
 * Exactly the layer's lockfile, for Lambda's machines whatever this one is. Without the network it is served from npm's cache. The folder is named: were it gone, npm
 * would go up to the project's own packages, and put these in their place.
 */
const installArguments = (processor: Processor, folder: string): string[] => [
  'ci',
  '--prefix',
  folder,
  '--prefer-offline',
  '--os=linux',
  `--cpu=${processor}`,
  '--libc=glibc',
  '--omit=dev',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

/** What npm writes for itself: nothing of it runs on Lambda. */
const npmsOwn = ['.bin', '.package-lock.json'];

/**
 * Puts what `layers/<layer>` lists into `<folder>/nodejs/node_modules`, where Lambda looks for a layer's packages: copied where `installed`, a folder
 * `node_modules`, has the same packages by their checksums, else installed by npm. The result is the same.
 */
export async function buildLayer(
  layer: 'sharp' | 'webcodecs',
  processor: Processor,
  folder: string,
  installed: string = path.join(projectFolder, 'node_modules'),
): Promise<void> {
  const source = path.join(projectFolder, 'layers', layer);
  const target = path.join(folder, 'nodejs');
  await mkdir(target, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await cp(path.join(source, file), path.join(target, file));
  }
  const packages = packagesFor(processor, await readLock(path.join(source, 'package-lock.json')));
  if (await areIn(installed, packages)) {
    await Promise.all(
      packages.map(({ name }) =>
        cp(path.join(installed, name), path.join(target, 'node_modules', name), { recursive: true }),
      ),
    );
    return;
  }
  try {
    await run('npm', installArguments(processor, target), { cwd: target });
  } catch (error) {
    throw new Error(
      `The ${layer} layer could not be installed: npm has to reach its registry once, after that its cache is enough.`,
      { cause: error },
    );
  }
  await Promise.all(
    npmsOwn.map((name) => rm(path.join(target, 'node_modules', name), { recursive: true, force: true })),
  );
}

const names = z.record(z.string(), z.string()).default({});
const lockedSchema = z.object({
  integrity: z.string().optional(),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
  dependencies: names,
  optionalDependencies: names,
});
type Locked = z.output<typeof lockedSchema>;
/** By the packages' folders; the lockfile's own project by the empty name. */
const lockSchema = z.object({ packages: z.record(z.string(), lockedSchema) });
type Lock = z.output<typeof lockSchema>;

const readLock = async (file: string): Promise<Lock> =>
  lockSchema.parse(JSON.parse(await readFile(file, 'utf8')));

interface Wanted {
  /** Its folder in node_modules. */
  readonly name: string;
  readonly integrity: string | undefined;
}

/** What npm would install for Lambda's machines: dependencies of dependencies, without those for other machines. */
function packagesFor(processor: Processor, { packages }: Lock): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const wantAll = ({ dependencies, optionalDependencies }: Locked): void =>
    Object.keys({ ...dependencies, ...optionalDependencies }).forEach(want);
  const want = (name: string): void => {
    const found = packages[`node_modules/${name}`];
    if (found === undefined) {
      throw new Error(`A layer’s lockfile has no ${name}.`);
    }
    if (!wanted.has(name) && isFor(processor, found)) {
      wanted.set(name, { name, integrity: found.integrity });
      wantAll(found);
    }
  };
  wantAll(lockedSchema.parse(packages['']));
  return [...wanted.values()];
}

function isFor(processor: Processor, { os, cpu, libc }: Locked): boolean {
  const allows = (list: readonly string[] | undefined, value: string): boolean =>
    list === undefined || list.includes(value);
  return allows(os, 'linux') && allows(cpu, processor) && allows(libc, 'glibc');
}

/** Whether npm has put the very same packages into this folder, each in one piece. It records there what it installed. */
async function areIn(installed: string, wanted: readonly Wanted[]): Promise<boolean> {
  const record = await readIfThere(path.join(installed, '.package-lock.json'));
  if (record === undefined) {
    return false;
  }
  const { packages } = lockSchema.parse(JSON.parse(record));
  return wanted.every(({ name, integrity }) => {
    const at = `node_modules/${name}`;
    const hasOthersInside = Object.keys(packages).some((each) => each.startsWith(`${at}/node_modules/`));
    return integrity !== undefined && packages[at]?.integrity === integrity && !hasOthersInside;
  });
}
