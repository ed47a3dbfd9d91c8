import type { KeyObject } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { createHeadKey } from '../../functions/deployments/adapters/kms-head-key.ts';
import { createArchive, readObject } from '../../functions/deployments/adapters/s3-archive.ts';
import { archiveLines, linesOf } from '../../functions/deployments/adapters/s3-archive-lines.ts';
import { createHeadStore } from '../../functions/deployments/adapters/s3-head-store.ts';
import { packsOf } from '../../functions/deployments/adapters/s3-packs.ts';
import { PackComparison } from '../../functions/deployments/domain/audit/pack-comparison.ts';
import {
  type ChainProblem,
  type Span,
  verifyChain,
} from '../../functions/deployments/domain/audit/verify-chain.ts';
import { type VerifiedHeads, verifyHeads } from '../../functions/deployments/domain/audit/verify-heads.ts';
import type { AuditPlaces } from './audit-places.ts';

/** Chains that are walked at the same time. */
const atOnce = 8;

/**
 * Verifies the signed heads, the chains against them and themselves, and packs against the chains.
 *
 * @param only these services. @default all that have a chain, or had one when it was signed
 */
export async function verifyArchive(
  { archiveBucket, headsBucket, keyArn }: AuditPlaces,
  only: readonly string[] | undefined,
  span: Span,
): Promise<{ lines: string[]; isWhole: boolean }> {
  const heads = await verifyHeads(createHeadStore(headsBucket).read(), await publicKey(keyArn));
  const services = only ?? (await servicesOf(archiveBucket, heads));
  const problems: ChainProblem[] = [];
  let records = 0;
  let unsigned = 0;
  let packs = 0;
  for (let from = 0; from < services.length; from += atOnce) {
    const verified = await Promise.all(
      services.slice(from, from + atOnce).map(async (service) => {
        const packed = await packsOf(archiveBucket, service);
        packs += packed.length;
        const comparison = new PackComparison(service, packed, async ({ key }) =>
          linesOf(await readObject(archiveBucket, key)),
        );
        const chain = await verifyChain(
          service,
          comparison.along(archiveLines(archiveBucket, service)),
          heads.places.get(service) ?? new Map(),
          span,
        );
        problems.push(...comparison.problems);
        return chain;
      }),
    );
    for (const chain of verified) {
      records += chain.records;
      unsigned += chain.unsigned;
      problems.push(...(chain.problem === undefined ? [] : [chain.problem]));
    }
  }
  const summary = `${count(records, 'record')} of ${count(services.length, 'service')}, ${count(heads.statements, 'signed statement')} of heads${
    heads.newestAt === undefined ? '' : `, the newest of ${heads.newestAt}`
  }; ${count(unsigned, 'record')} younger than the last signed head; ${count(packs, 'pack')}`;
  const found = [
    ...(heads.problem === undefined ? [] : [heads.problem]),
    ...problems.map(
      ({ service, place, key, reason }) =>
        `${service}: record ${place} does not fit: ${reason}.${key === undefined ? '' : ` It lies at ${key}.`}`,
    ),
  ];
  return found.length === 0
    ? { lines: [`The archive is whole: ${summary}.`], isWhole: true }
    : { lines: [...found, `Something does not fit. Looked at: ${summary}.`], isWhole: false };
}

async function publicKey(keyArn: string): Promise<KeyObject> {
  const kms = new KMSClient({});
  try {
    return await createHeadKey(kms, keyArn)();
  } finally {
    kms.destroy();
  }
}

/** A chain that is gone altogether is not in the archive, but was signed. */
async function servicesOf(bucket: string, { places }: VerifiedHeads): Promise<string[]> {
  const services = new Set(places.keys());
  for await (const service of createArchive(bucket).services()) {
    services.add(service);
  }
  return [...services].toSorted();
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
