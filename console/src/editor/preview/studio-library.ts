import type { FontList, StickerList, TemplateList } from '../../../../functions/contracts/studio-library.ts';

/** Everything of the studio that a recipe may name, as its API lists it. Addresses are root-relative. */
export interface StudioLibrary {
  readonly templates: TemplateList['templates'];
  readonly fonts: FontList;
  readonly stickers: StickerList['stickers'];
}
