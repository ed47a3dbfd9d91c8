import { inspectRequestSchema } from '../contracts/studio-upload.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { parseJsonBody } from '../kernel/http-request.ts';
import { probeAnySource } from './adapters/probe-any-source.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import { inspectUpload } from './domain/inspect-upload.ts';
import { inspectEnv } from './env.ts';

const env = parseEnvironment(inspectEnv);
const deps = { uploads: createUploadStore(env.UPLOADS_BUCKET_NAME), probe: probeAnySource };

export const handler = httpHandler({
  'POST /studio/inspect': async (event) => {
    const { upload } = parseJsonBody(event, inspectRequestSchema);
    return { status: 200, body: await inspectUpload(deps, upload) };
  },
});
