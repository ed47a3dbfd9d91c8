import { spawn } from 'node:child_process';

/** Everything that is checked without running the system; all of it runs, so that one call shows every finding. */
const checks: readonly (readonly [string, readonly string[]])[] = [
  ['tsc', ['--noEmit']],
  ['tsc', ['--noEmit', '--project', 'console/tsconfig.json']],
  ['tsc', ['--noEmit', '--project', 'test/console/tsconfig.json']],
  ['oxlint', ['--type-aware', '--deny-warnings']],
  ['oxfmt', ['--check']],
  ['knip', ['--no-progress']],
];

/** Runs one program of node_modules/.bin; answers whether it was content. */
export async function run(command: string, args: readonly string[]): Promise<boolean> {
  const child = spawn(command, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** Answers the checks that found something. */
export async function check(): Promise<string[]> {
  const failed: string[] = [];
  for (const [command, args] of checks) {
    if (!(await run(command, args))) {
      failed.push([command, ...args].join(' '));
    }
  }
  return failed;
}

if (import.meta.main) {
  const failed = await check();
  process.stdout.write(
    failed.length === 0 ? 'check: all is well\n' : `check: failed: ${failed.join('; ')}\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}
