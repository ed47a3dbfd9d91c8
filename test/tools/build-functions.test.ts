import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildFunctions } from '../../tools/build-functions.ts';
import { projectFolder } from '../../tools/project-folder.ts';

const functions = [
  'console/probe',
  'foundation/notify',
  'personalise/accept-upload',
  'personalise/campaigns',
  'personalise/job-status',
  'personalise/render',
  'personalise/request-upload',
] as const;
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
    expect(/\("sharp"\)/u.test(await bundle(name))).toBe(name === 'personalise/render');
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

describe('the layer’s lockfile', () => {
  it('has the sharp that the project is tested with', async () => {
    const versions = z.object({ dependencies: z.object({ sharp: z.string() }) });
    const [layer, project] = await Promise.all(
      ['layers/sharp/package.json', 'package.json'].map(async (file) =>
        versions.parse(JSON.parse(await readFile(path.join(projectFolder, file), 'utf8'))),
      ),
    );
    expect(layer?.dependencies.sharp).toBe(project?.dependencies.sharp);
  });

  it('has sharp for Lambda’s machines', async () => {
    const lock = await readFile(path.join(projectFolder, 'layers/sharp/package-lock.json'), 'utf8');
    expect(lock).toContain('"node_modules/@img/sharp-linux-arm64"');
    expect(lock).not.toContain('"resolved"');
  });
});
