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
  const entries = await findEntries(sources);
  const entryPoint = ({ service, name }: Entry): EntryPoint => ({
    in: path.join(sources, service, `${name}.ts`),
    out: path.join(service, name, 'index'),
  });
  const bundles = await bundle(entries.map(entryPoint), folder);
  const started = await bundle(childrenOf(bundles, sources), folder);
  const renderers = entries.filter(isRenderer);
  const mayDraw = new Set(renderers.map((entry) => `${entryPoint(entry).out}.mjs`));
  refuseSharp([...bundles, ...started].filter(({ out }) => !mayDraw.has(out)));
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
  /** Those of them that import sharp. */
  readonly drawing: readonly string[];
}

function childrenOf(bundles: readonly Bundle[], sources: string): EntryPoint[] {
  return children.flatMap(({ startedBy, entry, name }) =>
    bundles
      .filter(({ modules }) => modules.includes(path.join(sources, startedBy)))
      .map(({ out }) => ({ in: path.join(sources, entry), out: path.join(path.dirname(out), name) })),
  );
}

/** One call for all functions: what they share is read once. */
async function bundle(entryPoints: readonly EntryPoint[], folder: string): Promise<Bundle[]> {
  // For esbuild, which reads it when its process starts: by default it would look through its memory for garbage all the time, for a third of its work.
  process.env['GOGC'] ??= '400';
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
    plugins: [sharpFromLayer],
  });
  if (warnings.length > 0) {
    throw new Error((await formatMessages(warnings, { kind: 'warning' })).join('\n'));
  }
  const drawing = new Set(
    Object.entries(metafile.inputs)
      .filter(([, { imports }]) => imports.some(({ path: imported }) => imported === sharpInLayer))
      .map(([input]) => input),
  );
  return Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint !== undefined)
    .map(([file, { inputs }]) => ({
      out: path.relative(folder, path.resolve(projectFolder, file)),
      modules: Object.keys(inputs).map((input) => path.resolve(projectFolder, input)),
      drawing: Object.keys(inputs).filter((input) => drawing.has(input)),
    }));
}

function refuseSharp(bundles: readonly Bundle[]): void {
  for (const { out, drawing } of bundles) {
    if (drawing.length > 0) {
      throw new Error(
        `Only functions that render may import sharp: name ${path.dirname(out)} in tools/build-functions.ts, or let it do without ${drawing.join(', ')}.`,
      );
    }
  }
}

/** CommonJS packages inside the bundle call `require` for Node's own modules, which an ES module does not have. */
const requireBanner = `import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);`;

const sharpInLayer = 'layer:sharp';

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

async function copyAssets(sources: string, { service, name }: Entry, folder: string): Promise<void> {
  const assets = path.join(sources, service, 'assets');
  if (existsSync(assets)) {
    await cp(assets, path.join(folder, service, name), { recursive: true });
  }
}
