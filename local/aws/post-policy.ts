import { z } from 'zod';
import { S3Error } from './s3-error.ts';

/** Fields a form may carry without a condition in its policy. */
const UNCONDITIONED = new Set(['awsaccesskeyid', 'x-amz-signature', 'signature', 'file', 'policy']);

const sizeBound = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const policySchema = z.object({
  expiration: z.iso.datetime({ offset: true }),
  conditions: z.array(
    z.union([
      z.tuple([z.string().regex(/^content-length-range$/i), sizeBound, sizeBound]),
      z.tuple([z.string().regex(/^(eq|starts-with)$/i), z.string().startsWith('$'), z.string()]),
      z.record(z.string(), z.string()).refine((exact) => Object.keys(exact).length === 1),
    ]),
  ),
});

interface FieldCondition {
  operator: 'eq' | 'starts-with';
  /** Lower case. */
  field: string;
  value: string;
}

/** A POST policy, read. Sizes are in bytes. */
export interface PostPolicy {
  /** Milliseconds since the epoch. */
  expiresAt: number;
  conditions: readonly FieldCondition[];
  minimumSize: number;
  maximumSize: number;
}

/** S3's own limit for one POST. */
const LARGEST_POST = 5 * 1024 ** 3;

/** Reads the `policy` field. Throws InvalidPolicyDocument. */
export function parsePostPolicy(base64: string): PostPolicy {
  const parsed = policySchema.safeParse(readJson(Buffer.from(base64, 'base64').toString('utf8')));
  if (!parsed.success) {
    throw new S3Error(
      400,
      'InvalidPolicyDocument',
      `Invalid Policy: ${parsed.error.issues[0]?.message ?? 'Invalid JSON.'}`,
    );
  }
  const conditions: FieldCondition[] = [];
  let [minimumSize, maximumSize] = [0, LARGEST_POST];
  for (const condition of parsed.data.conditions) {
    if (!Array.isArray(condition)) {
      for (const [field, value] of Object.entries(condition))
        conditions.push({ operator: 'eq', field: field.toLowerCase(), value });
      continue;
    }
    const [operator, second, third] = condition;
    if (typeof second === 'number' && typeof third === 'number') {
      minimumSize = Math.max(minimumSize, second);
      maximumSize = Math.min(maximumSize, third);
    } else {
      const startsWith = operator.toLowerCase() === 'starts-with';
      conditions.push({
        operator: startsWith ? 'starts-with' : 'eq',
        field: String(second).slice(1).toLowerCase(),
        value: String(third),
      });
    }
  }
  return { expiresAt: Date.parse(parsed.data.expiration), conditions, minimumSize, maximumSize };
}

/** Throws when the policy has expired, a condition does not hold, or a field has none. `fields` are by lower-case name. */
export function checkPostPolicy(
  policy: PostPolicy,
  bucket: string,
  fields: ReadonlyMap<string, string>,
  now: number,
): void {
  if (now > policy.expiresAt) throw denied('Policy expired.');
  for (const { operator, field, value } of policy.conditions) {
    const actual = field === 'bucket' ? bucket : fields.get(field);
    const holds =
      actual !== undefined && (operator === 'eq' ? actual === value : startsWith(field, actual, value));
    if (!holds)
      throw denied(
        `Policy Condition failed: ${JSON.stringify([operator, `$${field}`, value]).replaceAll('","', '", "')}`,
      );
  }
  const conditioned = new Set(policy.conditions.map(({ field }) => field));
  const extra = [...fields.keys()].filter(
    (field) => !conditioned.has(field) && !UNCONDITIONED.has(field) && !field.startsWith('x-ignore-'),
  );
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

/** A list of content types must begin alike in each of its entries. */
function startsWith(field: string, actual: string, prefix: string): boolean {
  const values = field === 'content-type' ? actual.split(',').map((each) => each.trim()) : [actual];
  return values.every((value) => value.startsWith(prefix));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new S3Error(400, 'InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.');
    throw error;
  }
}

function denied(reason: string): S3Error {
  return new S3Error(403, 'AccessDenied', `Invalid according to Policy: ${reason}`);
}
