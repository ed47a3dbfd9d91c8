import * as z from 'zod';
import { followed } from '../template/followed.ts';
import type { Intrinsics } from '../template/intrinsics.ts';
import type { SortedResources } from '../template/resource-types.ts';

const keySchema = followed(
  {
    KeySpec: z.literal('ECC_NIST_EDWARDS25519', { error: 'the local KMS has Ed25519 keys only' }),
    KeyUsage: z.literal('SIGN_VERIFY'),
  },
  ['Description', 'KeyPolicy', 'Tags'],
);

/** ARNs of the template's keys. */
export const keysOf = (resources: SortedResources, intrinsics: Intrinsics): string[] =>
  resources.ofType('AWS::KMS::Key').map((resource) => {
    intrinsics.parse(resource, keySchema);
    return String(intrinsics.resolve({ 'Fn::GetAtt': [resource.logicalId, 'Arn'] }, resource.stack));
  });
