import { cp, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { projectFolder } from './project-folder.ts';

/** A Lambda function: a file directly in its service's folder that exports a handler. */
interface Entry {
  readonly service: string;
  readonly name: string;
}

/** Files beside the handlers that are no handlers. */
const declarations = new Set(['env', 'metrics', 'promise']);

/** The functions that may load sharp, from its layer. */
const renderers = new Set(['personalise/render']);

/** Bundles every function into `<folder>/<service>/<function>/index.mjs`, with its source map and, for a renderer, the service's assets. */
export async function buildFunctions(folder: string): Promise<void> {
  const entries = await findEntries();
  await Promise.all(entries.map((entry) => bundle(entry, path.join(folder, entry.service, entry.name))));
}

async function findEntries(): Promise<Entry[]> {
  const root = path.join(projectFolder, 'functions');
  const files = await readdir(root, { recursive: true });
  return files.flatMap((file) => {
    const [service, name, ...deeper] = file.split(path.sep);
    const isHandler =
      service !== undefined && name?.endsWith('.ts') && deeper.length === 0 && !sharedFolders.has(service);
    const base = path.basename(name ?? '', '.ts');
    return isHandler && !declarations.has(base) ? [{ service, name: base }] : [];
  });
}

const sharedFolders = new Set(['contracts', 'kernel']);

async function bundle({ service, name }: Entry, folder: string): Promise<void> {
  const isRenderer = renderers.has(`${service}/${name}`);
  const options = {
    entryPoints: [path.join(projectFolder, 'functions', service, `${name}.ts`)],
    outfile: path.join(folder, 'index.mjs'),
    absWorkingDir: projectFolder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // redis-errors names an error after its constructor, and the kernel decides by that name.
    keepNames: true,
    treeShaking: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    plugins: isRenderer ? [sharpFromLayer] : [],
  } as const satisfies BuildOptions;
  const { metafile } = await build(options);
  if (!isRenderer) {
    refuseSharp(metafile, `${service}/${name}`);
  }
  if (needsRequire(metafile)) {
    await build({ ...options, banner: { js: requireBanner } });
  }
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}\n');
  if (isRenderer) {
    await copyAssets(service, folder);
  }
}

/** Lambda finds packages of layers by NODE_PATH, which `require` honours and `import` does not. */
const sharpFromLayer: Plugin = {
  name: 'sharp-from-layer',
  setup(bundler) {
    bundler.onResolve({ filter: /^sharp$/ }, () => ({ path: 'sharp', namespace: 'layer' }));
    bundler.onLoad({ filter: /.*/, namespace: 'layer' }, () => ({
      contents: `import { createRequire } from 'node:module'; export default createRequire(import.meta.url)('sharp');`,
      loader: 'js',
    }));
  },
};

const requireBanner = `import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);`;

/** Whether a bundled CommonJS package calls `require` for one of Node's own modules. */
const needsRequire = (metafile: Metafile): boolean =>
  Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ kind, external }) => kind === 'require-call' && external === true),
  );

function refuseSharp(metafile: Metafile, name: string): void {
  const found = Object.keys(metafile.inputs).find((input) => /node_modules\/(@img|sharp)\//u.test(input));
  if (found !== undefined) {
    throw new Error(`The function ${name} bundles ${found}: only functions that render may import sharp.`);
  }
}

async function copyAssets(service: string, folder: string): Promise<void> {
  const assets = path.join(projectFolder, 'functions', service, 'assets');
  const isThere = await stat(assets).then(
    () => true,
    () => false,
  );
  if (isThere) {
    await cp(assets, folder, { recursive: true });
  }
}
