import path from 'node:path';

/** The folder of package.json. */
export const projectFolder: string = path.join(import.meta.dirname, '..');
