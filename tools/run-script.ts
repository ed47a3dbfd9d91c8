import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from './project-folder.ts';

const run = promisify(execFile);

/** What scripts here draw or synthesize is garbage soon: with room for more of it, less is looked through. */
const flags = ['--max-semi-space-size=64'];

/**
 * Runs a script of `tools/` in a process of its own, in the project's folder. When it fails, throws an Error with `failure` and what
 * it told people (its standard error).
 */
export async function runScript(script: string, args: readonly string[], failure: string): Promise<void> {
  try {
    await run(process.execPath, [...flags, path.join(import.meta.dirname, script), ...args], {
      cwd: projectFolder,
    });
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${failure}\n${said}`.trim(), { cause: error });
  }
}
