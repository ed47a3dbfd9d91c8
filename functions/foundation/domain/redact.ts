const mask = '[redacted]';

/** Parts of an address that are shorter say nothing, and occur in ordinary words. */
const tellingLength = 8;

/** `text` without `secret`, as it is or as it may come back from the other side: escaped, or only the path or the token of an address. */
export function redact(text: string, secret: string): string {
  return fragments(secret).reduce((left, fragment) => left.replaceAll(fragment, mask), text);
}

/** The longest first, so that no rest of it stays. */
function fragments(secret: string): string[] {
  const parts = URL.canParse(secret) ? partsOfAddress(new URL(secret)) : [];
  const whole = [secret, encodeURIComponent(secret), secret.replaceAll('/', '\\/')].filter(
    (each) => each !== '',
  );
  return [...new Set([...whole, ...parts])].toSorted((a, b) => b.length - a.length);
}

function partsOfAddress({ href, pathname, search, username, password }: URL): string[] {
  const tokens = [...pathname.split('/'), ...search.split(/[?&=]/u), username, password];
  return [href, pathname + search, pathname, ...tokens, ...tokens.map(decoded)].filter(
    (each) => each.length >= tellingLength,
  );
}

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    // Not percent-encoded: it is what it is.
    return token;
  }
}
