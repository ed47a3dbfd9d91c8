import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBuildStep } from '../../tools/build-step.ts';

let project: string;
let built: number;
beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'fanfare-build-'));
  await writeFile(path.join(project, 'source.txt'), 'one');
  built = 0;
});
afterEach(async () => {
  await rm(project, { recursive: true });
});

const output = (): Promise<string> => readFile(path.join(project, 'build/out/copy.txt'), 'utf8');
const step = {
  output: 'out',
  inputs: ['source.txt', 'absent.txt'],
  work: async (folder: string): Promise<void> => {
    built += 1;
    await writeFile(path.join(folder, 'copy.txt'), await readFile(path.join(project, 'source.txt')));
  },
};

describe('a build step', () => {
  it('builds once as long as nothing changed', async () => {
    await runBuildStep(step, project);
    await runBuildStep(step, project);
    await expect(output()).resolves.toBe('one');
    expect(built).toBe(1);
  });

  it.each([
    ['a source changed', 'source.txt'],
    ['a source appeared', 'absent.txt'],
  ])('builds again when %s', async (_, file) => {
    await runBuildStep(step, project);
    await writeFile(path.join(project, file), 'two');
    await runBuildStep(step, project);
    expect(built).toBe(2);
  });

  it('builds again when somebody removed what it built', async () => {
    await runBuildStep(step, project);
    await rm(path.join(project, 'build/out'), { recursive: true });
    await runBuildStep(step, project);
    await expect(output()).resolves.toBe('one');
  });

  it('leaves what was there when it fails, and tries again the next time', async () => {
    await runBuildStep(step, project);
    await writeFile(path.join(project, 'source.txt'), 'two');
    const failing = {
      ...step,
      work: async (folder: string): Promise<void> => {
        await writeFile(path.join(folder, 'copy.txt'), 'half');
        throw new Error('no space left');
      },
    };
    await expect(runBuildStep(failing, project)).rejects.toThrow('no space left');
    await expect(output()).resolves.toBe('one');
    await runBuildStep(step, project);
    await expect(output()).resolves.toBe('two');
  });
});
