import { existsSync } from 'node:fs';
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { build, formatMessages, type Plugin } from 'esbuild';
import { projectFolder } from './project-folder.ts';

/** A Lambda function: a file directly in its service's folder that exports a handler. */
interface Entry {
  readonly service: string;
  readonly name: string;
}

/** Files beside the handlers that are no handlers. */
const declarations = new Set(['env', 'metrics', 'promise']);

/** The functions that may load sharp, from its layer. */
const rendererNames = new Set(['personalise/render']);
const isRenderer = ({ service, name }: Entry): boolean => rendererNames.has(`${service}/${name}`);

/** Bundles every function into `<folder>/<service>/<function>/index.mjs`, with its source map and, for a renderer, the service's assets. */
export async function buildFunctions(
  folder: string,
  sources: string = path.join(projectFolder, 'functions'),
): Promise<void> {
  const [renderers, others] = partition(await findEntries(sources), isRenderer);
  await Promise.all([
    bundle(sources, renderers, folder, sharpFromLayer),
    bundle(sources, others, folder, noSharp),
  ]);
  await Promise.all(renderers.map((entry) => copyAssets(sources, entry, folder)));
}

async function findEntries(sources: string): Promise<Entry[]> {
  const files = await readdir(sources, { recursive: true });
  return files.flatMap((file) => {
    const [service, name, ...deeper] = file.split(path.sep);
    const isHandler =
      service !== undefined && name?.endsWith('.ts') && deeper.length === 0 && !sharedFolders.has(service);
    const base = path.basename(name ?? '', '.ts');
    return isHandler && !declarations.has(base) ? [{ service, name: base }] : [];
  });
}

const sharedFolders = new Set(['contracts', 'kernel']);

/** One call for many functions: what they share is read once. */
async function bundle(
  sources: string,
  entries: readonly Entry[],
  folder: string,
  sharpPlugin: Plugin,
): Promise<void> {
  const { warnings } = await build({
    entryPoints: entries.map(({ service, name }) => ({
      in: path.join(sources, service, `${name}.ts`),
      out: path.join(service, name, 'index'),
    })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: projectFolder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: requireBanner },
    minify: true,
    // redis-errors names an error after its constructor, and the kernel decides by that name.
    keepNames: true,
    treeShaking: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [sharpPlugin],
  });
  if (warnings.length > 0) {
    throw new Error((await formatMessages(warnings, { kind: 'warning' })).join('\n'));
  }
}

/** CommonJS packages inside the bundle call `require` for Node's own modules, which an ES module does not have. */
const requireBanner = `import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);`;

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

/** Fails the build where sharp is imported, at that line. */
const noSharp: Plugin = {
  name: 'no-sharp',
  setup(bundler) {
    bundler.onResolve({ filter: /^sharp$/ }, () => ({
      errors: [
        { text: 'Only functions that render may import sharp: name them in tools/build-functions.ts.' },
      ],
    }));
  },
};

async function copyAssets(sources: string, { service, name }: Entry, folder: string): Promise<void> {
  const assets = path.join(sources, service, 'assets');
  if (existsSync(assets)) {
    await cp(assets, path.join(folder, service, name), { recursive: true });
  }
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
