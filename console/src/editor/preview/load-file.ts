import { UnreachableError } from '../../api/errors.ts';

/** A file of the studio: of its library, or what it made. Rejects with UnreachableError. */
export async function loadFile(url: string): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url);
    if (!response.ok) {
      throw new Error(`${url} answered ${response.status}`);
    }
    return await response.arrayBuffer();
  } catch (error) {
    throw new UnreachableError(`${url} could not be loaded`, { cause: error });
  }
}
