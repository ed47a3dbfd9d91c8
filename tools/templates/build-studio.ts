import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type PublishedSticker,
  type PublishedTemplate,
  publishedTemplateSchema,
  type StudioIndex,
  studioIndexSchema,
} from '../../functions/contracts/template.ts';
import { fingerprint } from '../fingerprint.ts';
import { projectFolder } from '../project-folder.ts';
import { readIfThere } from '../read-if-there.ts';
import { compileTemplate, withExamples } from './compile-template.ts';
import { encodeWebp } from './encode-webp.ts';
import { compileStickers } from './stickers.ts';
import { publishFonts, studioFonts } from './studio-fonts.ts';

/** What a built template is made of besides its own folder: who draws it. */
const toolSources = [
  'tools/templates',
  'tools/campaign/font-file.ts',
  'tools/campaign/image-file.ts',
  'functions/contracts/recipe.ts',
  'functions/contracts/template.ts',
  'functions/kernel/drawing',
  'functions/kernel/sharp',
  // Examples are drawn by the code that draws captions.
  'functions/studio/adapters/library-fonts.ts',
  'functions/studio/adapters/sharp-caption.ts',
  'functions/studio/adapters/sharp-rotate.ts',
  'functions/studio/domain/painting',
  'functions/studio/domain/plan-layers.ts',
  'functions/studio/domain/usual-caption.ts',
  'fonts/studio/fonts.json',
  'node_modules/sharp/package.json',
];

/** Templates that are drawn at the same time: each uses one core at most, and none while it waits for this process. */
const lanes = 4;
/** Twice the pixels of its place in the gallery. */
const preview = { quality: 80, maxSide: 360 };

export interface BuildOptions {
  /** @default the project's `templates` */
  readonly templatesFolder?: string;
  /** @default the project's `stickers` */
  readonly stickersFolder?: string;
  /** Where built templates are kept from one build to the next. @default `build/template-cache` of the project */
  readonly cacheFolder?: string;
}

/**
 * Writes what the studio draws with into `outFolder`: `index.json`, `templates/` and `stickers/` (WebP without loss), `previews/` (WebP) and
 * `fonts/` (TTF), every file but the index named by its content. Only templates that changed since the last build are drawn again.
 * Throws a TemplateError for a folder that is not valid.
 */
export async function buildStudio(outFolder: string, options: BuildOptions = {}): Promise<void> {
  const templatesFolder = options.templatesFolder ?? path.join(projectFolder, 'templates');
  const stickersFolder = options.stickersFolder ?? path.join(projectFolder, 'stickers');
  const cacheFolder = options.cacheFolder ?? path.join(projectFolder, 'build/template-cache');
  const [templates, stickers, fonts] = await afterAll([
    buildTemplates(templatesFolder, cacheFolder, outFolder),
    buildStickers(stickersFolder, outFolder),
    buildFonts(outFolder),
  ]);
  const index: StudioIndex = { ...fonts, stickers, templates };
  await write(path.join(outFolder, 'index.json'), JSON.stringify(studioIndexSchema.parse(index)));
}

/** As Promise.all, but rejects only once all have ended: then nothing is written any more, and whoever called may clear up. */
async function afterAll<const T extends readonly Promise<unknown>[]>(
  all: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(all);
  return await Promise.all(all);
}

/** The names of the folders in which there are templates, in the order of the alphabet. */
export async function templateIds(templatesFolder: string): Promise<string[]> {
  const entries = await readdir(templatesFolder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

async function buildTemplates(
  templatesFolder: string,
  cacheFolder: string,
  outFolder: string,
): Promise<PublishedTemplate[]> {
  const tools = (await fingerprint(projectFolder, toolSources)).slice(0, 16);
  const kept = new Map<string, string>();
  for (const id of await templateIds(templatesFolder)) {
    const folder = path.join(templatesFolder, id);
    kept.set(`${id}-${(await fingerprint(folder, ['.'])).slice(0, 16)}-${tools}`, folder);
  }
  await mkdir(cacheFolder, { recursive: true });
  const built = new Map<string, PublishedTemplate>();
  const waiting = [...kept];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [key, folder] = next;
      built.set(key, await readOrBuild(folder, path.join(cacheFolder, key)));
    }
  };
  await afterAll(Array.from({ length: lanes }, lane));
  for (const key of kept.keys()) {
    await cp(path.join(cacheFolder, key, 'files'), outFolder, { recursive: true });
  }
  for (const name of (await readdir(cacheFolder)).filter((each) => !kept.has(each))) {
    await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
  return [...kept.keys()].flatMap((key) => built.get(key) ?? []);
}

async function readOrBuild(folder: string, cached: string): Promise<PublishedTemplate> {
  const known = await readIfThere(path.join(cached, 'published.json'));
  if (known !== undefined) {
    return publishedTemplateSchema.parse(JSON.parse(known));
  }
  const compiled = await compileTemplate(folder);
  const { template, frames, delaysMs } = compiled;
  const { id, name, keywords, width, height, captions, campaign } = template;
  const unfinished = `${cached}.${process.pid}`;
  const files = path.join(unfinished, 'files');
  const examples = await withExamples(compiled);
  const published: PublishedTemplate = {
    id,
    name,
    keywords,
    isAnimated: delaysMs.length > 0,
    width,
    height,
    delaysMs: [...delaysMs],
    captions,
    ...(campaign === undefined ? {} : { campaign }),
    picture: await writeNamed(files, `templates/${id}`, 'webp', await encodeWebp(frames, delaysMs)),
    preview: await writeNamed(files, `previews/${id}`, 'webp', await encodeWebp(examples, delaysMs, preview)),
  };
  await write(path.join(unfinished, 'published.json'), JSON.stringify(published));
  await rm(cached, { recursive: true, force: true });
  await rename(unfinished, cached);
  return published;
}

async function buildStickers(stickersFolder: string, outFolder: string): Promise<PublishedSticker[]> {
  const built: PublishedSticker[] = [];
  for (const { id, name, keywords, picture } of await compileStickers(stickersFolder)) {
    const { width, height } = picture;
    const file = await writeNamed(outFolder, `stickers/${id}`, 'webp', await encodeWebp([picture], []));
    built.push({ id, name, keywords: [...keywords], width, height, picture: file });
  }
  return built;
}

async function buildFonts(outFolder: string): Promise<Pick<StudioIndex, 'fonts' | 'fontFiles'>> {
  const { bytes, ...published } = publishFonts(await studioFonts());
  for (const [file, content] of bytes) {
    await write(path.join(outFolder, file), content);
  }
  return published;
}

async function writeNamed(
  folder: string,
  stem: string,
  ending: string,
  bytes: Uint8Array,
): Promise<{ file: string; bytes: number }> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const file = `${stem}-${hash}.${ending}`;
  await write(path.join(folder, file), bytes);
  return { file, bytes: bytes.length };
}

async function write(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}
