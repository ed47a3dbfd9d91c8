import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { studioFontsSchema } from '../../functions/contracts/template.ts';
import { graphemes } from '../../functions/kernel/drawing/graphemes.ts';
import { describeTypeface } from '../../functions/kernel/drawing/typeface.ts';
import { loadTypeface } from '../../functions/kernel/sharp/load-typeface.ts';
import type { FontStack } from '../../functions/kernel/sharp/shape-text.ts';
import { readFontFile } from '../campaign/font-file.ts';
import { projectFolder } from '../project-folder.ts';
import { readJson } from './read-json.ts';

export interface StudioFontFile {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, the first 16 hexadecimal digits. */
  readonly hash: string;
  readonly characters: ReadonlySet<number>;
  readonly coloured: boolean;
}

export interface StudioFont {
  readonly id: string;
  readonly name: string;
  readonly style: 'condensed' | 'sans' | 'comic' | 'serif' | 'monospace' | 'handwriting';
  readonly weight: number;
  /** Its own face, then the fallbacks. */
  readonly files: readonly StudioFontFile[];
}

let known: Promise<readonly StudioFont[]> | undefined;

/** The fonts of `fonts/studio/fonts.json` with their files, read once in a process. */
export function studioFonts(): Promise<readonly StudioFont[]> {
  known ??= readFonts(path.join(projectFolder, 'fonts/studio'));
  return known;
}

async function readFonts(folder: string): Promise<readonly StudioFont[]> {
  const { fonts, fallbacks } = await readJson(path.join(folder, 'fonts.json'), studioFontsSchema);
  const names = [...new Set([...fonts.map(({ file }) => file), ...fallbacks])];
  const files = new Map(
    await Promise.all(names.map(async (name) => [name, await readFontOf(path.join(folder, name))] as const)),
  );
  return fonts.map(({ id, name, style, weight, file }) => ({
    id,
    name,
    style,
    weight,
    files: [...new Set([file, ...fallbacks])].flatMap((each) => files.get(each) ?? []),
  }));
}

async function readFontOf(file: string): Promise<StudioFontFile> {
  const bytes = await readFile(file);
  return {
    bytes,
    hash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
    characters: readFontFile(bytes).characters,
    coloured: describeTypeface(bytes).coloured,
  };
}

/** The part of a font's stack that `text` needs, known to the text engine. Its own face always. */
export async function stackFor({ files, weight }: StudioFont, text: string): Promise<FontStack> {
  const needed = new Set(files.slice(0, 1));
  for (const character of graphemes(text)) {
    const file = files.find(({ characters }) =>
      Array.from(character).every((each) => characters.has(each.codePointAt(0) ?? 0)),
    );
    if (file !== undefined) {
      needed.add(file);
    }
  }
  const faces = await Promise.all([...needed].map(({ bytes }) => loadTypeface(bytes)));
  return { weight, faces };
}
