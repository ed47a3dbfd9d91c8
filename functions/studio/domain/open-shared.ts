import type { Recipe } from '../../contracts/recipe.ts';
import { HttpProblem } from '../../kernel/http-problem.ts';
import { checkSignature } from './address-signature.ts';
import type { StudioLibrary } from './edit-ports.ts';
import type { EditRecord } from './edit-record.ts';
import { requestEdit, type RequestEditDeps } from './request-edit.ts';
import { parseShareAddress, recipeOfShared } from './share-address.ts';

export interface OpenSharedDeps extends RequestEditDeps {
  /** The keys with which a campaign may have signed. Asked for only when an address is signed. */
  readonly shareKeys: (campaign: string) => Promise<readonly string[]>;
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
  const { campaign } = image.options;
  checkSignature(image, {
    keys: image.signature === undefined || campaign === undefined ? [] : await deps.shareKeys(campaign),
    nowMs: deps.clock(),
    isRequired: deps.isSignatureRequired,
    owner: await ownerOf(deps.library, { kind: 'template', template: image.template }),
  });
  return await requestEdit(
    deps,
    withoutPointers(() => recipeOfShared(image)),
  );
}

/** Whether anybody may write the address of what a recipe makes: nobody has to sign it. */
export async function isOpenToAll(
  { library, isSignatureRequired }: Pick<OpenSharedDeps, 'library' | 'isSignatureRequired'>,
  { source }: Recipe,
): Promise<boolean> {
  return !isSignatureRequired && (await ownerOf(library, source)) === undefined;
}

/** The campaign that has to sign the addresses of a template. */
const ownerOf = async (library: StudioLibrary, source: Recipe['source']): Promise<string | undefined> =>
  source.kind === 'template'
    ? (await library.index()).templates.find(({ id }) => id === source.template)?.campaign
    : undefined;

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
