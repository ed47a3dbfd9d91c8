import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { strut, strutFont } from '../drawing/strut.ts';
import { describeTypeface, renameTypeface, type Typeface } from '../drawing/typeface.ts';
import { keepFile, prepareEngine } from './engine.ts';

export interface LoadedTypeface extends Typeface {
  /** The name under which the text engine knows it: no other file has the same. */
  readonly family: string;
}

/** What the text engine knows: one list for the process, to which files can only be added. By content, so that nothing is added twice. */
const loaded = new Map<string, Promise<LoadedTypeface>>();

/** Makes a font file known to the text engine. Throws for what is not a font. */
export async function loadTypeface(font: Uint8Array): Promise<LoadedTypeface> {
  await strutIsLoaded();
  const hash = createHash('sha256').update(font).digest('hex').slice(0, 20);
  const known = loaded.get(hash);
  if (known !== undefined) {
    return known;
  }
  const loading = load(font, `Fanfare${hash}`);
  loaded.set(hash, loading);
  loading.catch(() => loaded.delete(hash));
  return loading;
}

async function load(font: Uint8Array, family: string): Promise<LoadedTypeface> {
  const typeface = describeTypeface(font);
  await teach(renameTypeface(font, family), family);
  return { ...typeface, family };
}

let strutLoading: Promise<void> | undefined;

function strutIsLoaded(): Promise<void> {
  strutLoading ??= teach(strutFont(), strut.family);
  return strutLoading;
}

/** The engine learns a font from a file, while it draws something. */
async function teach(font: Uint8Array, family: string): Promise<void> {
  const fontfile = keepFile(prepareEngine(), 'ttf', font);
  await sharp({
    text: { text: strut.character, font: `${family}, ${strut.family} 12`, fontfile, rgba: true },
  })
    .raw()
    .toBuffer();
}
