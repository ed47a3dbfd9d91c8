import { setTimeout as pause } from 'node:timers/promises';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { parseJsonBody } from '../kernel/http-request.ts';
import { meter } from '../kernel/metrics.ts';
import { createSecrets } from '../kernel/secrets-manager.ts';
import { createPictureEngine } from './adapters/picture-engine.ts';
import { probePictures } from './adapters/probe-pictures.ts';
import { createEditStore } from './adapters/s3-edit-store.ts';
import { createMadeStore } from './adapters/s3-made-store.ts';
import { createResultFiles } from './adapters/s3-result-files.ts';
import { createStudioLibrary } from './adapters/s3-studio-library.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import { createShareKeys } from './adapters/share-keys.ts';
import { createMakeQueue } from './adapters/sqs-make-queue.ts';
import { answerEdit, answerShared } from './domain/answer-edit.ts';
import { inRecipe } from './domain/in-recipe.ts';
import { isOpenToAll, openShared, type OpenSharedDeps } from './domain/open-shared.ts';
import { readRecipe } from './domain/read-recipe.ts';
import { requestEdit } from './domain/request-edit.ts';
import { editEnv } from './env.ts';

const env = parseEnvironment(editEnv);
const library = createStudioLibrary(env.ASSETS_BUCKET_NAME, systemClock);
const deps: OpenSharedDeps = {
  edits: createEditStore(env.RESULTS_BUCKET_NAME),
  made: createMadeStore(env.RESULTS_BUCKET_NAME),
  files: createResultFiles(env.RESULTS_BUCKET_NAME),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  library,
  probe: probePictures,
  maker: createPictureEngine(library),
  queue: createMakeQueue(env.MAKE_QUEUE_URL),
  // Whoever waits is answered in time that the queue has it now.
  withinMs: 0.7 * env.TIMEOUT_MS,
  heldForMs: env.TIMEOUT_MS,
  pause: (milliseconds) => pause(milliseconds),
  resultsLifeMs: env.RESULTS_LIFE_DAYS * 24 * 60 * 60_000,
  shareKeys: createShareKeys(createSecrets(new SecretsManagerClient({}), env.SHARE_SECRET_NAME, systemClock)),
  isSignatureRequired: env.SHARE_SIGNATURES === 'required',
  meter,
  clock: systemClock,
};
const bodySchema = z.strictObject({ recipe: z.unknown() });

export const handler = httpHandler({
  'POST /studio/edits': async (event) => {
    const { recipe } = parseJsonBody(event, bodySchema);
    return await inRecipe(async () => {
      const wanted = readRecipe(recipe);
      const record = await requestEdit(deps, wanted);
      return answerEdit(record, { isShared: await isOpenToAll(deps, wanted) });
    });
  },
  'GET /studio/images/{proxy+}': async (event) =>
    answerShared(await openShared(deps, event.rawPath, event.queryStringParameters ?? {})),
});
