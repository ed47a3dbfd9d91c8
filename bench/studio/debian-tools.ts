import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian puts them, and in which of its packages they are. */
const tools = {
  ffmpeg: { program: '/usr/bin/ffmpeg', package: 'ffmpeg' },
  convert: { program: '/usr/bin/convert', package: 'imagemagick' },
  gifsicle: { program: '/usr/bin/gifsicle', package: 'gifsicle' },
} as const;
export type Tool = keyof typeof tools;

/**
 * What people use for the same: each one's program. What is missing is installed for these measurements where that may be done (Debian, as root); else it is left
 * out. Nothing else of the project needs them.
 */
export async function debianTools(...wanted: readonly Tool[]): Promise<ReadonlyMap<Tool, string>> {
  const missing = wanted.filter((name) => !existsSync(tools[name].program));
  if (missing.length > 0 && process.getuid?.() === 0 && isOnPath('apt-get')) {
    const packages = missing.map((name) => tools[name].package);
    process.stdout.write(`  installing ${packages.join(', ')} for the comparison …\n`);
    await install(packages);
  }
  return new Map(
    wanted.flatMap((name) => {
      const { program } = tools[name];
      return existsSync(program) ? [[name, program] as const] : [];
    }),
  );
}

async function install(packages: readonly string[]): Promise<void> {
  const apt = (...args: readonly string[]): Promise<unknown> =>
    run('apt-get', ['-y', '-qq', ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  const all = ['install', '--no-install-recommends', ...packages];
  // The package lists of a fresh machine are empty or old.
  await apt(...all).catch(async () => {
    await apt('update');
    await apt(...all);
  });
}

const isOnPath = (command: string): boolean =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
