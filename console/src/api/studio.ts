import type { Edit } from '../../../functions/contracts/edit.ts';
import type { RecipeInput } from '../../../functions/contracts/recipe.ts';
import type { FontList, StickerList, TemplateList } from '../../../functions/contracts/studio-library.ts';
import type { StudioUploadGrant, StudioUploadRequest } from '../../../functions/contracts/studio-upload.ts';
import { type Answer, request } from './request.ts';
import { isEdit, isFontList, isStickerList, isStudioUploadGrant, isTemplateList } from './studio-shapes.ts';

/** What is made at once is answered when it is made: longer than any function may take, so that the server's word comes first. */
const makingTimeoutMs = 40_000;

export const listTemplates = async (signal: AbortSignal): Promise<TemplateList['templates']> =>
  (await request('/studio/templates', isTemplateList, { signal })).value.templates;

export const listFonts = async (signal: AbortSignal): Promise<FontList> =>
  (await request('/studio/fonts', isFontList, { signal })).value;

export const listStickers = async (signal: AbortSignal): Promise<StickerList['stickers']> =>
  (await request('/studio/stickers', isStickerList, { signal })).value.stickers;

/** Answers the permission to upload a file. */
export const requestStudioUpload = async (
  body: StudioUploadRequest,
  signal: AbortSignal,
): Promise<StudioUploadGrant> =>
  (await request('/studio/uploads', isStudioUploadGrant, { method: 'POST', body, signal })).value;

/** What a recipe asks for: made at once, or on its way. Refused with pointers into `/recipe`. */
export const postEdit = async (recipe: RecipeInput, signal: AbortSignal): Promise<Edit> =>
  (
    await request('/studio/edits', isEdit, {
      method: 'POST',
      body: { recipe },
      signal,
      timeoutMs: makingTimeoutMs,
    })
  ).value;

const editPath = (id: string): string => `/studio/edits/${id}`;

/** @param waitSeconds how long the server may hold its answer back until the edit ends, 0 to 20 */
export const getEdit = (id: string, waitSeconds: number, signal: AbortSignal): Promise<Answer<Edit>> =>
  request(`${editPath(id)}?wait=${waitSeconds}`, isEdit, { signal, timeoutMs: (waitSeconds + 15) * 1000 });

/** Erases an edit, its file and its uploads; stops it when it is being made. */
export async function deleteEdit(id: string, signal: AbortSignal): Promise<void> {
  await request(editPath(id), (value) => value === undefined, { method: 'DELETE', signal });
}
