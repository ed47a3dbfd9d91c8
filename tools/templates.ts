import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { HttpProblem } from '../functions/kernel/http-problem.ts';
import { projectFolder } from './project-folder.ts';
import { templateIds } from './templates/build-studio.ts';
import { captionSamples } from './templates/caption-sheet.ts';
import { compileTemplate, withExamples } from './templates/compile-template.ts';
import { contactSheet, momentsOf } from './templates/contact-sheet.ts';
import { encodeWebp } from './templates/encode-webp.ts';
import { looksOf } from './templates/look-sheet.ts';
import { TemplateError } from './templates/problem.ts';
import { keyFromSecret, signAddress, SigningError } from './templates/sign-address.ts';
import { compileStickers } from './templates/stickers.ts';
import { templateJsonSchema } from './templates/template-json-schema.ts';

const usage = `Usage:
  npm run templates -- validate [folder]   says everything that is wrong with a template; without a folder with any of them, or the stickers
  npm run templates -- preview <folder>    draws a template with its examples: build/preview/<id>.webp, and its moments as <id>.png
  npm run templates -- sheet               draws what there is: docs/studio/templates.png, stickers.png, looks.png and captions.png
  npm run templates -- schema              writes templates/template.schema.json
  npm run templates -- key <campaign>      prints the key with which a campaign signs addresses; reads the studio's secret (JSON) from its input
  npm run templates -- sign <address>      signs a share address that names its campaign; reads the campaign's key from its input`;

const templatesFolder = path.join(projectFolder, 'templates');
const stickersFolder = path.join(projectFolder, 'stickers');
const rowHeight = { templates: 300, stickers: 140, samples: 216, moments: 360 } as const;
const moments = 12;
/** Many colours, light and dark, fine lines, a face: what looks change. */
const lookedAt = 'walk-the-plank';

const commands: Readonly<Record<string, (argument: string | undefined) => Promise<void>>> = {
  validate: async (folder) => {
    const folders = folder === undefined ? await allFolders() : [folder];
    for (const each of folders) {
      const { template, delaysMs } = await compileTemplate(each);
      const frames = delaysMs.length === 0 ? 'a still' : `${delaysMs.length} frames`;
      const boxes = template.captions.length === 1 ? '1 caption' : `${template.captions.length} captions`;
      console.log(`${path.relative(process.cwd(), each)} is valid: ${frames}, ${boxes}.`);
    }
    if (folder === undefined) {
      console.log(`stickers is valid: ${(await compileStickers(stickersFolder)).length} stickers.`);
    }
  },
  preview: async (folder) => {
    const compiled = await compileTemplate(folder ?? '');
    const frames = await withExamples(compiled);
    const stem = path.join(projectFolder, 'build/preview', compiled.template.id);
    await save(`${stem}.webp`, await encodeWebp(frames, compiled.delaysMs, { quality: 90 }));
    await save(
      `${stem}.png`,
      await contactSheet(momentsOf(frames, moments), { rowHeight: rowHeight.moments }),
    );
  },
  sheet: async () => {
    const firsts = [];
    for (const folder of await allFolders()) {
      const compiled = await compileTemplate(folder);
      // Of an animation the moment in the middle: at the beginning, often nothing has happened yet.
      const middle = compiled.frames.slice(Math.floor(compiled.frames.length / 2)).slice(0, 1);
      firsts.push(...(await withExamples({ ...compiled, frames: middle })));
    }
    const docs = path.join(projectFolder, 'docs/studio');
    await save(
      path.join(docs, 'templates.png'),
      await contactSheet(firsts, { rowHeight: rowHeight.templates }),
    );
    const stickers = await compileStickers(stickersFolder);
    await save(
      path.join(docs, 'stickers.png'),
      await contactSheet(
        stickers.map(({ picture }) => picture),
        { rowHeight: rowHeight.stickers },
      ),
    );
    const [picture] = (await compileTemplate(path.join(templatesFolder, lookedAt))).frames;
    const looks = picture === undefined ? [] : await looksOf(picture);
    await save(path.join(docs, 'looks.png'), await contactSheet(looks, { rowHeight: rowHeight.samples }));
    await save(
      path.join(docs, 'captions.png'),
      await contactSheet(await captionSamples(), { rowHeight: rowHeight.samples }),
    );
  },
  key: async (campaign) => console.log(keyFromSecret(await text(process.stdin), campaign ?? '')),
  sign: async (address) => console.log(signAddress(address ?? '', (await text(process.stdin)).trim())),
  schema: async () => await save(path.join(templatesFolder, 'template.schema.json'), templateJsonSchema()),
};

const needs: Readonly<Record<string, string>> = {
  preview: 'the folder of a template',
  key: 'the name of a campaign',
  sign: 'an address',
};

/** Answers the exit code. */
async function main([name, folder, ...rest]: readonly string[]): Promise<number> {
  const command = name === undefined ? undefined : commands[name];
  const problem = complaint(name, folder, rest);
  if (command === undefined || problem !== undefined) {
    console.error(problem ?? usage);
    return 2;
  }
  try {
    await command(folder);
    return 0;
  } catch (error) {
    if (error instanceof TemplateError || error instanceof SigningError || error instanceof HttpProblem) {
      console.error(error.message);
      return 1;
    }
    throw error;
  }
}

function complaint(
  name: string | undefined,
  folder: string | undefined,
  rest: readonly string[],
): string | undefined {
  if (name === undefined) {
    return usage;
  }
  if (!Object.hasOwn(commands, name)) {
    return `There is no command “${name}”.\n${usage}`;
  }
  const needed = Object.hasOwn(needs, name) ? needs[name] : undefined;
  if (needed !== undefined && folder === undefined) {
    return `“${name}” needs ${needed}.\n${usage}`;
  }
  if ((name === 'sheet' || name === 'schema') && folder !== undefined) {
    return `“${name}” takes no folder.\n${usage}`;
  }
  return rest.length > 0 ? `Too many arguments: ${rest.join(' ')}.\n${usage}` : undefined;
}

async function allFolders(): Promise<string[]> {
  return (await templateIds(templatesFolder)).map((id) => path.join(templatesFolder, id));
}

async function save(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  console.log(path.relative(process.cwd(), file));
}

process.exitCode = await main(process.argv.slice(2));
