import { fragmentOf } from '../../route.ts';

/** More than any recipe that the studio takes; what a link may unfold to. */
const mostCharacters = 200_000;

/** The address of a page of this site that opens the recipe in the editor, with the recipe in it: compressed JSON in base64url. */
export async function recipeLink(recipe: unknown, site: string): Promise<string> {
  const compressed = await through(
    new Blob([JSON.stringify(recipe)]),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  );
  const binary = Array.from(compressed, (byte) => String.fromCharCode(byte)).join('');
  const packed = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
  return new URL(fragmentOf({ page: 'studio-edit', recipe: packed }), site).href;
}

/** What a link has in it; undefined when it is no such link, or was cut off on its way. */
export async function openRecipeLink(packed: string): Promise<unknown> {
  try {
    const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = await through(
      new Blob([Uint8Array.from(binary, (character) => character.charCodeAt(0))]),
      new DecompressionStream('deflate-raw'),
      mostCharacters,
    );
    const recipe: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return recipe;
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Throws a TypeError when more than `most` bytes come out: a small link may unfold to gigabytes. */
async function through(
  blob: Blob,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array> {
  const reader = blob.stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw new TypeError('The recipe of the link is too large');
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.byteLength;
  }
  return all;
}
