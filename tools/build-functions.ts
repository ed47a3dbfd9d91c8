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
const rendererNames = new Set(['personalise/render', 'studio/edit', 'studio/inspect', 'studio/make-long']);
const isRenderer = ({ service, name }: Entry): boolean => rendererNames.has(`${service}/${name}`);

/** Processes that functions start: one is bundled beside each function that has the module which starts it. Paths are below `functions`. */
const children = [
  {
    startedBy: 'studio/adapters/movies/movie-process.ts',
    entry: 'studio/adapters/movies/child/movie-child.ts',
    name: 'movie-child',
  },
] as const;

/**
 * Bundles every function into `<folder>/<service>/<function>/index.mjs`, with its source map, the processes it starts and, for a renderer, the service's assets.
 */
export async function buildFunctions(
  folder: string,
  sources: string = path.join(projectFolder, 'functions'),
): Promise<void> {
  const [renderers, others] = partition(await findEntries(sources), isRenderer);
  const entryPoint = ({ service, name }: Entry): EntryPoint => ({
    in: path.join(sources, service, `${name}.ts`),
    out: path.join(service, name, 'index'),
  });
  const bundles = await Promise.all([
    bundle(renderers.map(entryPoint), folder, sharpFromLayer),
    bundle(others.map(entryPoint), folder, noSharp),
  ]);
  await bundle(childrenOf(bundles.flat(), sources), folder, noSharp);
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

interface EntryPoint {
  readonly in: string;
  /** Below the folder of all bundles, without extension. */
  readonly out: string;
}

interface Bundle {
  readonly out: string;
  /** Every module in it, as absolute paths. */
  readonly modules: readonly string[];
}

function childrenOf(bundles: readonly Bundle[], sources: string): EntryPoint[] {
  return children.flatMap(({ startedBy, entry, name }) =>
    bundles
      .filter(({ modules }) => modules.includes(path.join(sources, startedBy)))
      .map(({ out }) => ({ in: path.join(sources, entry), out: path.join(path.dirname(out), name) })),
  );
}

/** One call for many functions: what they share is read once. */
async function bundle(
  entryPoints: readonly EntryPoint[],
  folder: string,
  sharpPlugin: Plugin,
): Promise<Bundle[]> {
  const { warnings, metafile } = await build({
    entryPoints: [...entryPoints],
    metafile: true,
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
  return Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined)
    .map(([file, { inputs }]) => ({
      out: path.relative(folder, path.resolve(projectFolder, file)),
      modules: Object.keys(inputs).map((input) => path.resolve(projectFolder, input)),
    }));
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
