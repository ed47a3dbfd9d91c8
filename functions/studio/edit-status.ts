import { setTimeout as pause } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { editIdSchema } from '../contracts/edit.ts';
import { systemClock } from '../kernel/clock.ts';
import { parseEnvironment } from '../kernel/environment.ts';
import { httpHandler } from '../kernel/http.ts';
import { HttpProblem } from '../kernel/http-problem.ts';
import { waitMs } from '../kernel/long-poll.ts';
import { meter } from '../kernel/metrics.ts';
import { createEditStore } from './adapters/s3-edit-store.ts';
import { createMadeStore } from './adapters/s3-made-store.ts';
import { createResultFiles } from './adapters/s3-result-files.ts';
import { createUploadStore } from './adapters/s3-upload-store.ts';
import { createMakeQueue } from './adapters/sqs-make-queue.ts';
import { toEdit } from './domain/edit-record.ts';
import { eraseEdit } from './domain/erase-edit.ts';
import { readEdit } from './domain/read-edit.ts';
import { editStatusEnv } from './env.ts';

const env = parseEnvironment(editStatusEnv);
const deps = {
  edits: createEditStore(env.RESULTS_BUCKET_NAME),
  made: createMadeStore(env.RESULTS_BUCKET_NAME),
  files: createResultFiles(env.RESULTS_BUCKET_NAME),
  uploads: createUploadStore(env.UPLOADS_BUCKET_NAME),
  queue: createMakeQueue(env.MAKE_QUEUE_URL),
  pause: (milliseconds: number) => pause(milliseconds),
  meter,
  clock: systemClock,
};

function editId(event: APIGatewayProxyEventV2): string {
  const id = editIdSchema.safeParse(event.pathParameters?.['id']);
  if (!id.success) {
    throw unknownEdit();
  }
  return id.data;
}

const unknownEdit = (): HttpProblem =>
  new HttpProblem(
    404,
    'unknown-edit',
    'There is no such edit; it may have expired. Edits are kept for 30 days.',
  );

export const handler = httpHandler({
  'GET /studio/edits/{id}': async (event) => {
    const record = await readEdit(deps, editId(event), waitMs(event));
    if (record === undefined) {
      throw unknownEdit();
    }
    if (record.erasedAt !== undefined) {
      throw new HttpProblem(410, 'edit-erased', 'This edit was erased, with its file and its uploads.');
    }
    return { status: 200, body: toEdit(record) };
  },
  'DELETE /studio/edits/{id}': async (event) => {
    if (!(await eraseEdit(deps, editId(event)))) {
      throw unknownEdit();
    }
    return { status: 204 };
  },
});
