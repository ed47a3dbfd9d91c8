/**
 * JSON that is the same for equal values: no spaces, keys in the order of their UTF-16 code units.
 * Source: RFC 8785, "JSON Canonicalization Scheme"; JavaScript writes numbers and texts as it demands.
 *
 * @param value made by JSON.parse, or of what it makes
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
