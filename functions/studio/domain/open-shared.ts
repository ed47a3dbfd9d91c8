import { HttpProblem } from '../../kernel/http-problem.ts';
import { checkSignature } from './address-signature.ts';
import type { EditRecord } from './edit-record.ts';
import { requestEdit, type RequestEditDeps } from './request-edit.ts';
import { parseShareAddress, recipeOfShared } from './share-address.ts';

export interface OpenSharedDeps extends RequestEditDeps {
  /** What signs share addresses. Asked for only when an address is signed or has to be. */
  readonly shareKey: () => Promise<Uint8Array>;
  /** Whether every address has to be signed. */
  readonly isSignatureRequired: boolean;
}

/**
 * What a share address leads to: made when it was not, or is no longer, there.
 * @throws HttpProblem 403, 404, 410 or 422
 */
export async function openShared(
  deps: OpenSharedDeps,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): Promise<EditRecord | undefined> {
  const image = parseShareAddress(path, query);
  const needsKey = image.signature !== undefined;
  checkSignature(image, {
    key: needsKey ? await deps.shareKey() : new Uint8Array(),
    nowMs: deps.clock(),
    isRequired: deps.isSignatureRequired,
  });
  return await requestEdit(
    deps,
    withoutPointers(() => recipeOfShared(image)),
  );
}

/** A pointer into a recipe says nothing to who has written an address. */
function withoutPointers<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof HttpProblem) {
      throw new HttpProblem(error.problem.status, 'invalid-address', error.problem.detail, { cause: error });
    }
    throw error;
  }
}
