import type { PublishedFontFile, StudioIndex } from '../../contracts/template.ts';
import { covers } from '../../kernel/drawing/coverage.ts';
import { graphemes } from '../../kernel/drawing/graphemes.ts';
import { withoutShaping } from '../../kernel/drawing/written-text.ts';
import { type LoadedTypeface, loadTypeface } from '../../kernel/sharp/load-typeface.ts';
import type { StudioLibrary } from '../domain/edit-ports.ts';
import type { CaptionFont } from './sharp-caption.ts';

/** In ems: how far lines are apart, and how wide an outline suits letters that lie on a picture. */
const designs: Readonly<
  Record<StudioIndex['fonts'][number]['style'], Pick<CaptionFont, 'lineHeight' | 'outlineWidth'>>
> = {
  condensed: { lineHeight: 1.15, outlineWidth: 0.07 },
  sans: { lineHeight: 1.2, outlineWidth: 0.06 },
  comic: { lineHeight: 1.2, outlineWidth: 0.06 },
  serif: { lineHeight: 1.2, outlineWidth: 0.05 },
  monospace: { lineHeight: 1.2, outlineWidth: 0.05 },
  handwriting: { lineHeight: 1.15, outlineWidth: 0.05 },
};

/**
 * The fonts of the library, by their ids. Of a font's stack only those files are read that the text needs: those for Chinese, Korean or emoji are large. What was
 * read stays.
 */
export function createFonts(library: StudioLibrary): (id: string, text: string) => Promise<CaptionFont> {
  const faces = new Map<string, Promise<LoadedTypeface>>();
  const faceOf = async (file: string): Promise<LoadedTypeface> => {
    const known = faces.get(file);
    if (known !== undefined) {
      return await known;
    }
    const loading = library.file(file).then(loadTypeface);
    faces.set(file, loading);
    try {
      return await loading;
    } catch (error) {
      // The next caption tries again.
      faces.delete(file);
      throw error;
    }
  };
  return async (id, text) => {
    const { fonts, fontFiles } = await library.index();
    const font = fonts.find((each) => each.id === id);
    if (font === undefined) {
      throw new Error(`The font ${id} was planned with, and is not in the library`);
    }
    const files = neededFiles(font.files, new Map(fontFiles.map((each) => [each.file, each])), text);
    return {
      stack: { weight: font.weight, faces: await Promise.all(files.map(faceOf)) },
      ...designs[font.style],
    };
  };
}

/** Its own face always; of the others those that are the first to have a character. */
function neededFiles(
  stack: readonly string[],
  known: ReadonlyMap<string, PublishedFontFile>,
  text: string,
): string[] {
  const needed = new Set(stack.slice(0, 1));
  for (const character of graphemes(text)) {
    const file = stack.find((each) => {
      const coverage = known.get(each)?.coverage;
      return (
        coverage !== undefined &&
        Array.from(withoutShaping(character)).every((point) => covers(coverage, point.codePointAt(0) ?? 0))
      );
    });
    if (file !== undefined) {
      needed.add(file);
    }
  }
  // In the stack's order: the first that has a character lends it.
  return stack.filter((file) => needed.has(file));
}
