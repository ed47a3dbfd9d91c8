import { makeMessageSchema } from '../contracts/edit.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { meter } from '../kernel/metrics.ts';
import { sqsHandler } from '../kernel/sqs.ts';
import { createMovieEngine } from './adapters/movie-engine.ts';
import { probeAnySource } from './adapters/probe-any-source.ts';
import { createEditStore } from './adapters/s3-edit-store.ts';
import { createMadeStore } from './adapters/s3-made-store.ts';
import { createResultFiles } from './adapters/s3-result-files.ts';
import { createStudioLibrary } from './adapters/s3-studio-library.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import type { FinishEditDeps } from './domain/finish-edit.ts';
import { makeLongEdit } from './domain/make-long-edit.ts';
import { makeLongEnv } from './env.ts';

const env = parseEnvironment(makeLongEnv);
const library = createStudioLibrary(env.ASSETS_BUCKET_NAME, systemClock);
const deps: FinishEditDeps = {
  edits: createEditStore(env.RESULTS_BUCKET_NAME),
  made: createMadeStore(env.RESULTS_BUCKET_NAME),
  files: createResultFiles(env.RESULTS_BUCKET_NAME),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  library,
  probe: probeAnySource,
  maker: createMovieEngine(library),
  queue: undefined,
  // What is left is for reading sources before and for storing the file after.
  withinMs: 0.8 * env.TIMEOUT_MS,
  heldForMs: env.TIMEOUT_MS,
  meter,
  clock: systemClock,
};

export const handler = sqsHandler(makeMessageSchema, ({ editId }) => makeLongEdit(deps, editId));
