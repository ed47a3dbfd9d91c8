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
    let members = '';
    for (const key of Object.keys(value).toSorted()) {
      const member: unknown = Reflect.get(value, key);
      if (member !== undefined) {
        members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
      }
    }
    return `{${members}}`;
  }
  return JSON.stringify(value);
}
