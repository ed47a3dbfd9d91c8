import { listFonts, listStickers, listTemplates } from '../../api/studio.ts';
import type { StudioLibrary } from '../preview/studio-library.ts';

/** Everything that a recipe may name, as the studio lists it. */
export async function loadLibrary(signal: AbortSignal): Promise<StudioLibrary> {
  const [templates, fonts, stickers] = await Promise.all([
    listTemplates(signal),
    listFonts(signal),
    listStickers(signal),
  ]);
  return { templates, fonts, stickers };
}
