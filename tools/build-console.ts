import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import type { Catalogue } from '../functions/contracts/catalogue.ts';
import { promiseDocuments } from '../functions/promises.ts';
import { teamNames, teams } from '../lib/teams.ts';
import { projectFolder } from './project-folder.ts';

/** Builds the console's pages with Vite, and what they show of promises and teams. */
export async function buildConsole(folder: string): Promise<void> {
  await build({
    root: path.join(projectFolder, 'console'),
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      // It would tell people that plugins are slow when this process is busy with something else: the CDK is loaded meanwhile.
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  });
  await writeFile(path.join(folder, 'promises.json'), JSON.stringify(catalogue()));
}

/** Field by field, so that nothing of a team is published by accident: where it is notified is nobody else's business. */
const catalogue = (): Catalogue => ({
  services: promiseDocuments,
  teams: teamNames.map((name) => {
    const { mission, members } = teams[name];
    return { name, mission, members: members.map(({ role, does }) => ({ role, does })) };
  }),
});
