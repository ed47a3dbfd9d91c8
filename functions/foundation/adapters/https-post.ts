import { DeliveryError } from '../domain/delivery-error.ts';
import { cut } from '../domain/in-words.ts';
import { redact } from '../domain/redact.ts';

const longestAnswer = 300;

interface Post {
  readonly url: string;
  readonly body: unknown;
  /** In no error, whatever the other side answers: the address or the key. */
  readonly secret: string;
  /** How long the other side may take to answer. */
  readonly timeoutMs: number;
}

/**
 * Posts JSON. Returns when it was taken; else throws a DeliveryError with the status and what was answered. It has no `cause`: the errors of `fetch` name the
 * address.
 */
export async function post({ url, body, secret, timeoutMs }: Post): Promise<void> {
  if (!isSafe(url)) {
    throw new DeliveryError('refused', 'The secret does not hold an https address.');
  }
  const answer = await send(url, body, timeoutMs);
  if (answer.status >= 200 && answer.status < 300) {
    return;
  }
  const said = cut(redact(answer.text, secret).replaceAll(/\s+/gu, ' ').trim(), longestAnswer);
  const later = answer.status === 429 || answer.status >= 500;
  const wait =
    later && answer.retryAfter !== null
      ? `, asking to wait ${redact(answer.retryAfter, secret)} seconds`
      : '';
  throw new DeliveryError(
    later ? 'retryable' : 'refused',
    `It answered ${answer.status}${wait}${said === '' ? '' : `: “${said}”`}.`,
  );
}

/** What is sent is not for the network to read; a process on the same machine is near enough. */
function isSafe(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
  );
}

async function send(
  url: string,
  body: unknown,
  timeoutMs: number,
): Promise<{ status: number; text: string; retryAfter: string | null }> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
      // Following a redirect would turn the POST into a GET, whose 200 says nothing.
      redirect: 'manual',
    });
    return {
      status: answer.status,
      text: await answer.text(),
      retryAfter: answer.headers.get('retry-after'),
    };
  } catch (error) {
    throw new DeliveryError('retryable', `It ${reason(error, timeoutMs)}.`);
  }
}

function reason(error: unknown, timeoutMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return `did not answer in ${timeoutMs} ms`;
  }
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `could not be reached${code}`;
}
