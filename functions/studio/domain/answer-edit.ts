import type { Edit } from '../../contracts/edit.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { problemOf } from './edit-failure.ts';
import { type EditRecord, toEdit } from './edit-record.ts';
import { shareAddress, sharedOf } from './share-address.ts';
import { waitingPage } from './waiting-page.ts';

/** Seconds after which to ask again. */
const retryAfterSeconds = 2;
/** What is shared may be erased, and a template drawn anew: browsers ask again soon. */
const redirectLife = 'public, max-age=60';

/** What `POST /studio/edits` answers: 200 when it is done, 202 while it is on its way. Throws the failure as a problem. */
export function answerEdit(
  record: EditRecord | undefined,
  { isShared }: { readonly isShared: boolean },
): { status: number; headers: Record<string, string>; body: Edit } {
  const { edit, hasResult } = judge(record);
  const { recipe } = record ?? {};
  const shared = isShared && recipe !== undefined ? sharedOf(recipe) : undefined;
  const headers = { location: edit.self };
  return {
    status: hasResult ? 200 : 202,
    headers: hasResult ? headers : { ...headers, 'retry-after': String(retryAfterSeconds) },
    body: shared === undefined ? edit : { ...edit, share: shareAddress(shared) },
  };
}

/** What a share address answers: a redirection to the result, or a page that waits for it. Throws the failure as a problem. */
export function answerShared(record: EditRecord | undefined): {
  status: number;
  headers: Record<string, string>;
  page?: string;
} {
  const { edit } = judge(record);
  return edit.result === undefined
    ? {
        status: 202,
        headers: { location: edit.self, 'retry-after': String(retryAfterSeconds) },
        page: waitingPage(retryAfterSeconds),
      }
    : { status: 302, headers: { location: edit.result.url, 'cache-control': redirectLife } };
}

function judge(record: EditRecord | undefined): { edit: Edit; hasResult: boolean } {
  if (record === undefined || record.erasedAt !== undefined) {
    throw new HttpProblem(
      409,
      'edit-erased',
      'The edit was erased while it was made. Ask again to have it made.',
    );
  }
  if (record.failure !== undefined) {
    throw problemOf(record.failure);
  }
  return { edit: toEdit(record), hasResult: record.result !== undefined };
}
