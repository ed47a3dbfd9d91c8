import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The text of a file of this project. */
export const readProject = (file: string): string =>
  readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
