import { recipeJsonSchema } from '../contracts/recipe.ts';
import type { TemplateList } from '../contracts/studio-library.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { createStudioLibrary, libraryUrl } from './adapters/s3-studio-library.ts';
import { findTemplate, toFontList, toStickerList, toTemplateView } from './domain/view-library.ts';
import { templatesEnv } from './env.ts';

const env = parseEnvironment(templatesEnv);
const library = createStudioLibrary(env.ASSETS_BUCKET_NAME, systemClock);
const headers = { 'cache-control': 'public, max-age=30' };

export const handler = httpHandler({
  'GET /studio/templates': async () => {
    const { templates } = await library.index();
    return {
      status: 200,
      headers,
      body: {
        templates: templates.map((each) => toTemplateView(each, libraryUrl)),
      } satisfies TemplateList,
    };
  },
  'GET /studio/templates/{id}': async (event) => {
    const template = findTemplate(await library.index(), event.pathParameters?.['id'] ?? '');
    return { status: 200, headers, body: toTemplateView(template, libraryUrl) };
  },
  'GET /studio/fonts': async () => ({
    status: 200,
    headers,
    body: toFontList(await library.index(), libraryUrl),
  }),
  'GET /studio/stickers': async () => ({
    status: 200,
    headers,
    body: toStickerList(await library.index(), libraryUrl),
  }),
  'GET /studio/recipe.schema.json': async () => ({ status: 200, headers, body: recipeJsonSchema() }),
});
