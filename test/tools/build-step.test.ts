import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBuildSteps } from '../../tools/build-step.ts';

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
    await runBuildSteps([step], { folder: project });
    await runBuildSteps([step], { folder: project });
    await expect(output()).resolves.toBe('one');
    expect(built).toBe(1);
  });

  it.each([
    ['a source changed', 'source.txt'],
    ['a source appeared', 'absent.txt'],
  ])('builds again when %s', async (_, file) => {
    await runBuildSteps([step], { folder: project });
    await writeFile(path.join(project, file), 'two');
    await runBuildSteps([step], { folder: project });
    expect(built).toBe(2);
  });

  it('builds again when somebody removed what it built', async () => {
    await runBuildSteps([step], { folder: project });
    await rm(path.join(project, 'build/out'), { recursive: true });
    await runBuildSteps([step], { folder: project });
    await expect(output()).resolves.toBe('one');
  });

  it('leaves what was there when it fails, and tries again the next time', async () => {
    await runBuildSteps([step], { folder: project });
    await writeFile(path.join(project, 'source.txt'), 'two');
    const failing = {
      ...step,
      work: async (folder: string): Promise<void> => {
        await writeFile(path.join(folder, 'copy.txt'), 'half');
        throw new Error('no space left');
      },
    };
    await expect(runBuildSteps([failing], { folder: project })).rejects.toThrow('no space left');
    await expect(output()).resolves.toBe('one');
    await runBuildSteps([step], { folder: project });
    await expect(output()).resolves.toBe('two');
  });

  it('is over when all are, also when one fails', async () => {
    const { promise: failed, reject: fail } = Promise.withResolvers<void>();
    const { promise: slow, resolve: end } = Promise.withResolvers<void>();
    let isOver = false;
    const building = runBuildSteps(
      [
        { ...step, work: () => failed },
        { ...step, output: 'slow', work: () => slow },
      ],
      {
        folder: project,
        meanwhile: async () => {
          fail(new Error('no space left'));
        },
      },
    ).finally(() => {
      isOver = true;
    });
    building.catch(() => undefined);
    await failed.catch(() => undefined);
    await new Promise(setImmediate);
    expect(isOver).toBe(false);
    end();
    await expect(building).rejects.toThrow('no space left');
  });

  it('has begun when what is done meanwhile is done, which is not when nothing changed', async () => {
    const begun: number[] = [];
    const options = {
      folder: project,
      meanwhile: async () => {
        begun.push(built);
      },
    };
    await runBuildSteps([step], options);
    await runBuildSteps([step], options);
    expect(begun).toEqual([1]);
  });
});
