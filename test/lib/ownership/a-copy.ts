import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onceBuilt } from '../../../tools/build.ts';
import { projectFolder } from '../../../tools/project-folder.ts';

/** What a synthesis reads and a test may change. */
const copied = [
  'bin',
  'lib',
  'functions',
  'tools',
  'docs/runbook.md',
  'CODEOWNERS',
  'cdk.json',
  'build/stamps',
];
/** What is large, and stays as it is. */
const linked = [
  'node_modules',
  'campaigns',
  'fonts',
  'stickers',
  'templates',
  'console',
  'directory',
  'layers',
  'package.json',
  'package-lock.json',
  'build/campaigns',
  'build/console',
  'build/directory',
  'build/functions',
  'build/layers',
  'build/studio',
];

const bin = path.join(projectFolder, 'node_modules/.bin');

/** How a command ended, and all that it said. */
interface Ended {
  readonly code: unknown;
  readonly said: string;
}

/** A copy of this project, with everything built, in which something can be changed. */
export class ACopy implements AsyncDisposable {
  private readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<ACopy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-copy-'));
    await mkdir(path.join(folder, 'build'));
    await onceBuilt(async () => {
      await Promise.all(
        copied.map((each) =>
          cp(path.join(projectFolder, each), path.join(folder, each), { recursive: true }),
        ),
      );
      await Promise.all(
        linked.map((each) => symlink(path.join(projectFolder, each), path.join(folder, each))),
      );
    });
    return new ACopy(folder);
  }

  /** Replaces the only text that matches; throws when there is none, since then the test would test nothing. */
  async change(file: string, text: string | RegExp, by: string): Promise<void> {
    const whole = path.join(this.folder, file);
    const before = await readFile(whole, 'utf8');
    const after = before.replace(text, by);
    if (after === before) {
      throw new Error(`${file} has no ${String(text)}.`);
    }
    await writeFile(whole, after);
  }

  /** Runs `cdk synth`. */
  async cdkSynth(): Promise<Ended> {
    return await this.run(path.join(bin, 'cdk'), 'synth', '--quiet', '--no-color');
  }

  /** Runs what `npm run synth` runs, which is the same without the seconds that the CLI takes. */
  async synth(): Promise<Ended> {
    return await this.run(path.join(bin, 'node'), 'tools/synth.ts');
  }

  private async run(command: string, ...args: readonly string[]): Promise<Ended> {
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
    }
    const [code]: unknown[] = await once(child, 'close');
    return { code, said: said.join('') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
