import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildFunctions } from '../../tools/build-functions.ts';
import { buildLayer } from '../../tools/build-layer.ts';
import { projectFolder } from '../../tools/project-folder.ts';

const run = promisify(execFile);
const functions = [
  'console/probe',
  'deployments/audit',
  'deployments/catch-up',
  'deployments/pack-chains',
  'deployments/receive',
  'deployments/record',
  'deployments/report',
  'deployments/sign-heads',
  'deployments/take-aws',
  'foundation/notify',
  'personalise/accept-upload',
  'personalise/campaigns',
  'personalise/job-status',
  'personalise/render',
  'personalise/request-upload',
  'studio/edit',
  'studio/edit-status',
  'studio/inspect',
  'studio/make-long',
  'studio/request-upload',
  'studio/templates',
] as const;
const draws: ReadonlySet<string> = new Set([
  'personalise/render',
  'studio/edit',
  'studio/inspect',
  'studio/make-long',
]);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'fanfare-bundles-'));
  await buildFunctions(folder);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
const bundle = (name: string): Promise<string> => readFile(path.join(folder, name, 'index.mjs'), 'utf8');

describe('bundles', () => {
  it('are made of every handler and nothing else', async () => {
    const services = await readdir(folder);
    const built = services.map(async (service) =>
      (await readdir(path.join(folder, service))).map((name) => `${service}/${name}`),
    );
    expect((await Promise.all(built)).flat()).toEqual(functions);
  });

  it.each(functions)('%s has its handler, minified, with a source map beside it', async (name) => {
    const code = await bundle(name);
    expect(code).toMatch(/export\s?\{[^}]*\bas handler\b[^}]*\}/u);
    expect(code).toContain('//# sourceMappingURL=index.mjs.map');
    expect(code.length / code.split('\n').length).toBeGreaterThan(500);
    const { sources } = z
      .object({ sources: z.array(z.string()) })
      .parse(JSON.parse(await readFile(path.join(folder, name, 'index.mjs.map'), 'utf8')));
    expect(sources.some((source) => source.endsWith(`functions/${name}.ts`))).toBe(true);
  });

  it.each(functions)('%s asks for nothing but Node’s own modules, and sharp only to draw', async (name) => {
    const imported = await importsOf(path.join(folder, name, 'index.mjs'));
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((specifier) => !isBuiltin(specifier))).toEqual([]);
    expect(/\("sharp"\)/u.test(await bundle(name))).toBe(draws.has(name));
  });

  it('keep the names of errors, by which the kernel tells Redis’ answers from its absence', async () => {
    await expect(bundle('personalise/job-status')).resolves.toContain('"ReplyError"');
  });
});

describe('a function that imports sharp', () => {
  const build = async (name: string, assets: Readonly<Record<string, string>> = {}): Promise<string> => {
    const sources = await mkdtemp(path.join(tmpdir(), 'fanfare-sources-'));
    const out = path.join(sources, 'out');
    await mkdir(path.join(sources, 'functions/personalise/assets'), { recursive: true });
    await writeFile(
      path.join(sources, 'functions/personalise', `${name}.ts`),
      `import sharp from 'sharp';\nexport const handler = () => sharp.versions;\n`,
    );
    for (const [file, content] of Object.entries(assets)) {
      await writeFile(path.join(sources, 'functions/personalise/assets', file), content);
    }
    made.push(sources);
    await buildFunctions(out, path.join(sources, 'functions'));
    return path.join(out, 'personalise', name);
  };
  const made: string[] = [];
  afterAll(async () => {
    await Promise.all(made.map((each) => rm(each, { recursive: true })));
  });

  it('is not built unless it is one that renders', async () => {
    await expect(build('campaigns')).rejects.toThrow('Only functions that render may import sharp');
  });

  it('takes it from the layer, and its service’s assets along', async () => {
    const bundleFolder = await build('render', { 'fonts.conf': '<fontconfig/>' });
    await expect(readFile(path.join(bundleFolder, 'index.mjs'), 'utf8')).resolves.toContain('("sharp")');
    await expect(readFile(path.join(bundleFolder, 'fonts.conf'), 'utf8')).resolves.toBe('<fontconfig/>');
  });
});

/** What a bundle imports, as esbuild reads it. */
async function importsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [file],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) => imports.map((each) => each.path));
}

describe('a function that starts the process for movies', () => {
  it(
    'has it beside its bundle, and works where nothing of the project is',
    { timeout: 120_000 },
    async () => {
      const scratch = await mkdtemp(path.join(tmpdir(), 'fanfare-movies-'));
      try {
        const sources = path.join(scratch, 'sources');
        for (const part of ['contracts', 'kernel/errors.ts', 'studio/adapters/movies', 'studio/domain']) {
          await cp(path.join(projectFolder, 'functions', part), path.join(sources, part), {
            recursive: true,
          });
        }
        await writeFile(path.join(sources, 'studio/make-a-clip.ts'), clipMaker);
        // Modules are looked for from where the sources are.
        await symlink(path.join(projectFolder, 'node_modules'), path.join(scratch, 'node_modules'));
        await buildFunctions(path.join(scratch, 'bundles'), sources);
        await buildLayerInto(path.join(scratch, 'layer'));
        await rm(path.join(scratch, 'node_modules'));
        const bundled = path.join(scratch, 'bundles/studio/make-a-clip');
        expect((await readdir(bundled)).toSorted()).toEqual([
          'index.mjs',
          'index.mjs.map',
          'movie-child.mjs',
          'movie-child.mjs.map',
        ]);
        const { stdout } = await run(process.execPath, ['call.mjs'], {
          cwd: await callerIn(bundled),
          env: { PATH: '/usr/bin:/bin', NODE_PATH: path.join(scratch, 'layer/nodejs/node_modules') },
        });
        expect(JSON.parse(stdout)).toEqual({ contentType: 'video/mp4', frames: 3, durationMs: 120 });
      } finally {
        await rm(scratch, { recursive: true });
      }
    },
  );
});

/** What a handler would do with movies, in a few lines. */
const clipMaker = `
import { createMovieEncoder } from './adapters/movies/create-movie-encoder.ts';
import { openMovieFrames } from './adapters/movies/open-movie-frames.ts';
import { probeMovie } from './adapters/movies/probe-movie.ts';
export const handler = async () => {
  const encoder = await createMovieEncoder({ format: 'mp4', width: 32, height: 32, quality: 80 });
  for (let at = 0; at < 120; at += 40) {
    await encoder.add(new Uint8Array(32 * 32 * 4).fill(255), at, 40);
  }
  const clip = await encoder.finish();
  await encoder.close();
  const { contentType, durationMs } = await probeMovie(clip);
  const reader = await openMovieFrames(clip);
  let frames = 0;
  for await (const { pixels } of reader.frames([0, 1, 2])) {
    frames += pixels.length === 32 * 32 * 4 ? 1 : 0;
  }
  await reader.close();
  return { contentType, frames, durationMs };
};
`;

async function callerIn(folder: string): Promise<string> {
  await writeFile(
    path.join(folder, 'call.mjs'),
    `import { handler } from './index.mjs';\nprocess.stdout.write(JSON.stringify(await handler()));\n`,
  );
  return folder;
}

async function buildLayerInto(folder: string): Promise<void> {
  await mkdir(folder);
  await buildLayer('webcodecs', 'x64', folder);
}

describe.each([
  ['sharp', 'sharp', ['@img/sharp-linux-arm64', '@img/sharp-linux-x64']],
  ['webcodecs', '@node-webcodecs/static-linux-x64', ['@node-webcodecs/static-linux-x64']],
] as const)('the lockfile of the layer %s', (layer, dependency, binaries) => {
  const versionIn = async (file: string): Promise<string | undefined> => {
    const listed = z.record(z.string(), z.string()).default({});
    const { dependencies, optionalDependencies } = z
      .object({ dependencies: listed, optionalDependencies: listed })
      .parse(JSON.parse(await readFile(path.join(projectFolder, file), 'utf8')));
    return dependencies[dependency] ?? optionalDependencies[dependency];
  };

  it('has what the project is tested with', async () => {
    const version = await versionIn('package.json');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
    await expect(versionIn(`layers/${layer}/package.json`)).resolves.toBe(version);
  });

  it('has it for Lambda’s machines', async () => {
    const lock = await readFile(path.join(projectFolder, 'layers', layer, 'package-lock.json'), 'utf8');
    for (const binary of binaries) {
      expect(lock).toContain(`"node_modules/${binary}"`);
    }
    expect(lock).not.toContain('"resolved"');
  });
});
