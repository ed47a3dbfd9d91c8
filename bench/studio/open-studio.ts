import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { recipeSchema, type RecipeInput } from '../../functions/contracts/recipe.ts';
import { studioIndexSchema } from '../../functions/contracts/template.ts';
import { createMovieEngine } from '../../functions/studio/adapters/movie-engine.ts';
import { createPictureEngine } from '../../functions/studio/adapters/picture-engine.ts';
import { probeAnySource } from '../../functions/studio/adapters/probe-any-source.ts';
import { estimate, type Estimate } from '../../functions/studio/domain/estimate.ts';
import { prepareEdit } from '../../functions/studio/domain/prepare-edit.ts';
import { buildStudio } from '../../tools/templates/build-studio.ts';
import { projectFolder } from '../../tools/project-folder.ts';

/** The only template of the library that is measured with. */
export const template = 'is-this-a-moth';
/** For recipes that are made of the file that is given with them; any id does. */
export const upload = { kind: 'upload', upload: '01KAH3S1X0QJ5ZK6N9M3R7T2VW' } as const;

export interface Studio {
  /** Does with a recipe what a function does with a request, but for reading and writing in S3: probes, plans, paints, encodes. */
  make(recipe: RecipeInput, sent?: Uint8Array): Promise<Uint8Array>;
  /** What the plan of a recipe says that it takes. */
  estimate(recipe: RecipeInput, sent?: Uint8Array): Promise<Estimate>;
  /** The picture of the template, as the functions get it. */
  readonly picture: Uint8Array;
}

/** The studio with a library of one template and all fonts, in `folder`. */
export async function openStudio(folder: string): Promise<Studio> {
  const [library, templatesFolder] = [path.join(folder, 'library'), path.join(folder, 'templates')];
  await cp(path.join(projectFolder, 'templates', template), path.join(templatesFolder, template), {
    recursive: true,
  });
  await buildStudio(library, { templatesFolder, cacheFolder: path.join(folder, 'cache') });
  return await readStudio(library);
}

/** A studio whose library was built before. */
export async function readStudio(library: string): Promise<Studio> {
  const index = studioIndexSchema.parse(JSON.parse(await readFile(path.join(library, 'index.json'), 'utf8')));
  const files = {
    index: async () => index,
    file: async (file: string) => new Uint8Array(await readFile(path.join(library, file))),
  };
  const engines = { 'at-once': createPictureEngine(files), queued: createMovieEngine(files) };
  const prepare = async (input: RecipeInput, sent: Uint8Array = new Uint8Array()) => {
    const recipe = recipeSchema.parse(input);
    const uploads = {
      look: async () => ({ etag: '1', size: sent.length }),
      get: async () => sent,
      delete: async () => undefined,
    };
    const { route, planned } = await prepareEdit({ library: files, uploads, probe: probeAnySource }, recipe);
    if (planned === undefined) {
      throw new Error('Movies can be read here');
    }
    return { recipe, route, planned };
  };
  return {
    picture: await files.file(index.templates[0]?.picture.file ?? ''),
    estimate: async (input, sent) => estimate((await prepare(input, sent)).planned.plan),
    make: async (input, sent) => {
      const { recipe, route, planned } = await prepare(input, sent);
      return (await engines[route].make({ recipe, ...planned, withinMs: 600_000 })).bytes;
    },
  };
}
