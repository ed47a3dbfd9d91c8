import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type PublishedFont,
  type PublishedFontFile,
  studioFontsSchema,
} from '../../functions/contracts/template.ts';
import { toCoverage } from '../../functions/kernel/drawing/coverage.ts';
import { describeTypeface } from '../../functions/kernel/drawing/typeface.ts';
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

export interface PublishedFonts {
  readonly fonts: PublishedFont[];
  readonly fontFiles: PublishedFontFile[];
  /** The files, by their addresses. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

/** What the index says of fonts. */
export function publishFonts(fonts: readonly StudioFont[]): PublishedFonts {
  const files = new Map(fonts.flatMap((font) => font.files.map((file) => [addressOf(file), file] as const)));
  return {
    fonts: fonts.map(({ id, name, style, weight, files: stack }) => ({
      id,
      name,
      style,
      weight,
      files: stack.map(addressOf),
    })),
    fontFiles: Array.from(files, ([file, { bytes, characters, coloured }]) => ({
      file,
      bytes: bytes.length,
      coverage: toCoverage(characters),
      coloured,
    })),
    bytes: new Map(Array.from(files, ([file, { bytes }]) => [file, bytes])),
  };
}

const addressOf = ({ hash }: StudioFontFile): string => `fonts/${hash}.ttf`;
