import type { Inspection } from '../../contracts/studio-upload.ts';
import { PermanentError } from '../../kernel/errors.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import type { UploadStore } from './edit-ports.ts';
import type { ProbedSource } from './ports.ts';

/** What an upload is. Throws a 404 when it is not there, and a 422 that names what cannot be used, with what to send instead. */
export async function inspectUpload(
  deps: { readonly uploads: UploadStore; readonly probe: (bytes: Uint8Array) => Promise<ProbedSource> },
  upload: string,
): Promise<Inspection> {
  const bytes = await deps.uploads.get(upload);
  if (bytes === undefined) {
    throw new HttpProblem(
      404,
      'unknown-upload',
      `There is no upload ${upload}. Uploads are kept for a day: send the file again.`,
    );
  }
  const { audio, ...probed } = await probe(deps.probe, bytes);
  return {
    upload,
    ...probed,
    delaysMs: [...probed.delaysMs],
    frames: Math.max(1, probed.delaysMs.length),
    ...(audio === undefined ? {} : { audio }),
  };
}

async function probe(
  probeSource: (bytes: Uint8Array) => Promise<ProbedSource>,
  bytes: Uint8Array,
): Promise<ProbedSource> {
  try {
    return await probeSource(bytes);
  } catch (error) {
    throw error instanceof PermanentError
      ? new HttpProblem(422, error.code, error.message, {
          errors: [{ pointer: '/upload', detail: error.message }],
          cause: error,
        })
      : error;
  }
}
