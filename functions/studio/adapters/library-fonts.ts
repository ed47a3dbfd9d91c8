import { type LoadedTypeface, loadTypeface } from '../../kernel/sharp/load-typeface.ts';
import type { StudioLibrary } from '../domain/edit-ports.ts';
import { captionSettings, neededFiles } from '../domain/painting/font-files.ts';
import type { CaptionFont } from './sharp-caption.ts';

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
    const coverages = new Map(fontFiles.map(({ file, coverage }) => [file, coverage]));
    const files = neededFiles(font.files, (file) => coverages.get(file), text);
    return {
      stack: { weight: font.weight, faces: await Promise.all(files.map(faceOf)) },
      ...captionSettings[font.style],
    };
  };
}
