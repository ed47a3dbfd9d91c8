import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The files that a campaign names, each read once. */
export class CampaignFiles {
  readonly #folder: string;
  readonly #read = new Map<string, Promise<Buffer | undefined>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The content of a file, undefined when there is none. */
  find(file: string): Promise<Buffer | undefined> {
    const known = this.#read.get(file);
    if (known !== undefined) {
      return known;
    }
    const reading = readFile(path.join(this.#folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'ENOTDIR') {
        return undefined;
      }
      throw error;
    });
    this.#read.set(file, reading);
    return reading;
  }

  async get(file: string): Promise<Buffer> {
    const bytes = await this.find(file);
    if (bytes === undefined) {
      throw new Error(`There is no file ${path.join(this.#folder, file)}`);
    }
    return bytes;
  }
}
