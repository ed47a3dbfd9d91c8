import type { Connection } from '../../../contracts/service-directory.ts';
import { HttpProblem, unavailable } from '../../../kernel/http-problem.ts';
import { deploymentsMetrics } from '../../metrics.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { ReceiveDeps } from './ports.ts';
import { type SignedRequest, type Verdict, verify } from './signatures.ts';

/**
 * The connection that a request comes from. Whatever is missing refuses it; who asks is not told whether there is such a connection.
 *
 * @throws HttpProblem 401 for who is not known or has not signed, 503 when that cannot be told now
 */
export async function authenticate(
  deps: Pick<ReceiveDeps, 'secrets' | 'meter' | 'clock'>,
  directory: DirectoryIndex,
  claimed: { readonly id: string; readonly kind: Connection['kind'] },
  request: SignedRequest,
): Promise<Connection> {
  const connection = directory.connection(claimed.id);
  const verdict =
    connection === undefined || connection.kind !== claimed.kind
      ? 'wrong'
      : await verdictOf(deps, connection, request);
  if (connection === undefined || verdict !== 'signed') {
    deps.meter.count(deploymentsMetrics.signatureRefused);
    throw verdict === 'old'
      ? new HttpProblem(
          401,
          'signature-too-old',
          'The signed time is more than five minutes from ours. Sign the request again with the present time.',
        )
      : new HttpProblem(
          401,
          'not-authenticated',
          'The request is not signed with a secret of a connection of this kind.',
        );
  }
  return connection;
}

async function verdictOf(
  { secrets, meter, clock }: Pick<ReceiveDeps, 'secrets' | 'meter' | 'clock'>,
  { id, kind }: Connection,
  request: SignedRequest,
): Promise<Verdict> {
  try {
    const verdict = verify(kind, request, await secrets.of(id), clock());
    // It may have been replaced since it was read.
    return verdict === 'wrong' ? verify(kind, request, await secrets.freshOf(id), clock()) : verdict;
  } catch (error) {
    meter.count(deploymentsMetrics.secretMissed);
    throw unavailable('Signatures cannot be verified at the moment; nothing was taken in.', 30, error);
  }
}
