import path from 'node:path';
import { build } from 'vite';
import { projectFolder } from './project-folder.ts';

/** Builds the console's pages with Vite. */
export async function buildConsole(folder: string): Promise<void> {
  await build({
    root: path.join(projectFolder, 'console'),
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true },
  });
}
