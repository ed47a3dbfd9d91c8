import type { Recipe } from '../../contracts/recipe.ts';
import type { PublishedTemplate, StudioIndex } from '../../contracts/template.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import type { EditInputs, ProbeSource, StudioLibrary, UploadStore } from './edit-ports.ts';
import { checkLetters } from './check-letters.ts';
import { inputKey, readInputs } from './known-inputs.ts';
import { makePlan } from './make-plan.ts';
import { placesOf } from './named-inputs.ts';
import type { Plan, PlannedInput } from './plan.ts';
import type { ProbedSource } from './ports.ts';
import { type Route, routePlan } from './route-plan.ts';

export interface PrepareEditDeps {
  readonly library: StudioLibrary;
  readonly uploads: UploadStore;
  readonly probe: ProbeSource;
}

export interface PreparedEdit {
  readonly route: Route;
  /** Absent where movies cannot be read: those who can plan it again. */
  readonly planned: { readonly inputs: EditInputs; readonly plan: Plan } | undefined;
}

/** Uploads of one edit, in bytes: all of them are in memory while it is made. */
export const mostUploadBytes = 120_000_000;

/** Throws a 404 for templates and stickers that this deployment does not have. */
export function checkNames(recipe: Recipe, { templates, stickers }: StudioIndex): void {
  const known = {
    template: new Set(templates.map(({ id }) => id)),
    sticker: new Set(stickers.map(({ id }) => id)),
  };
  for (const input of readInputs(recipe)) {
    if (input.kind === 'template' && !known.template.has(input.template)) {
      throw unknown(
        recipe,
        input,
        'template',
        `There is no template “${input.template}”: GET /studio/templates lists them.`,
      );
    }
    if (input.kind === 'sticker' && !known.sticker.has(input.sticker)) {
      throw unknown(
        recipe,
        input,
        'sticker',
        `There is no sticker “${input.sticker}”: GET /studio/stickers lists them.`,
      );
    }
  }
}

/** ETags of the uploads that a recipe names, by their ids. Throws a 404 for those that are not there, and a 413 for more bytes than fit. */
export async function lookAtUploads(
  uploads: UploadStore,
  recipe: Recipe,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    uploadsOf(recipe).map(async (upload) => ({ upload, there: await uploads.look(upload) })),
  );
  const missing = found.find(({ there }) => there === undefined);
  if (missing !== undefined) {
    throw unknownUpload(recipe, missing.upload);
  }
  const bytes = found.reduce((sum, { there }) => sum + (there?.size ?? 0), 0);
  if (bytes > mostUploadBytes) {
    throw new HttpProblem(
      413,
      'too-many-bytes',
      `The uploads of this recipe have ${Math.ceil(bytes / 1e6)} MB together; ${mostUploadBytes / 1e6} MB is the most. Send smaller files, or fewer of them.`,
    );
  }
  return new Map(found.map(({ upload, there }) => [upload, there?.etag ?? '']));
}

/**
 * Reads and probes everything that a recipe names, and plans it. Draws nothing.
 * @throws HttpProblem 404 for what is not there, 422 for what cannot be used or done, with pointers into the recipe
 */
export async function prepareEdit(deps: PrepareEditDeps, recipe: Recipe): Promise<PreparedEdit> {
  const index = await deps.library.index();
  checkNames(recipe, index);
  const files = new Map<string, Uint8Array>();
  const probes = new Map<string, ProbedSource>();
  // One after another: each may be large, and probing is the processor's work.
  for (const input of readInputs(recipe)) {
    const key = inputKey(input) ?? '';
    const bytes = await read(deps, recipe, input, index);
    const probed = await probe(deps.probe, recipe, key, bytes);
    if (probed === undefined) {
      return { route: 'queued', planned: undefined };
    }
    files.set(key, bytes);
    probes.set(key, probed);
  }
  const known = {
    probes,
    templates: new Map<string, PublishedTemplate>(index.templates.map((each) => [each.id, each])),
    fonts: new Set(index.fonts.map(({ id }) => id)),
  };
  const plan = makePlan(recipe, known);
  checkLetters(plan, index);
  return { route: routePlan(plan).route, planned: { inputs: { known, files }, plan } };
}

/** Ids of the uploads that a recipe names, once each. */
export const uploadsOf = (recipe: Recipe): string[] =>
  readInputs(recipe).flatMap((input) => (input.kind === 'upload' ? [input.upload] : []));

async function read(
  { library, uploads }: PrepareEditDeps,
  recipe: Recipe,
  input: PlannedInput,
  index: StudioIndex,
): Promise<Uint8Array> {
  if (input.kind === 'upload') {
    const bytes = await uploads.get(input.upload);
    if (bytes === undefined) {
      throw unknownUpload(recipe, input.upload);
    }
    return bytes;
  }
  const picture =
    input.kind === 'template'
      ? index.templates.find(({ id }) => id === input.template)?.picture
      : index.stickers.find(({ id }) => input.kind === 'sticker' && id === input.sticker)?.picture;
  if (picture === undefined) {
    throw new Error(`${inputKey(input) ?? input.kind} was not checked before it was read`);
  }
  return await library.file(picture.file);
}

/** What cannot be used is refused where the recipe names it. */
async function probe(
  probeSource: ProbeSource,
  recipe: Recipe,
  key: string,
  bytes: Uint8Array,
): Promise<ProbedSource | undefined> {
  try {
    return await probeSource(bytes);
  } catch (error) {
    if (error instanceof PermanentError) {
      const { code, message } = error;
      throw new HttpProblem(422, code, message, {
        errors: (placesOf(recipe).get(key) ?? []).map((pointer) => ({ pointer, detail: message })),
        cause: error,
      });
    }
    throw error;
  }
}

const unknownUpload = (recipe: Recipe, upload: string): HttpProblem =>
  unknown(
    recipe,
    { kind: 'upload', upload },
    'upload',
    `There is no upload ${upload}. Uploads are kept for a day: send the file again.`,
  );

function unknown(recipe: Recipe, input: PlannedInput, what: string, detail: string): HttpProblem {
  const places = placesOf(recipe).get(inputKey(input) ?? '') ?? [];
  return new HttpProblem(404, `unknown-${what}`, detail, {
    errors: places.map((pointer) => ({ pointer, detail })),
  });
}
