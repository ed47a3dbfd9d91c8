import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { type ServiceDirectory, serviceDirectory } from '../functions/contracts/service-directory.ts';
import { promiseDocuments } from '../functions/promises.ts';
import { projectFolder } from './project-folder.ts';

/** Where Fanfare's own code lies. */
const ownRepository = 'github.com/fanfare/fanfare';

/** Writes the service directory as it is published: `directory/directory.json`, with Fanfare's own services before all others. Throws, in words, when it is wrong. */
export async function buildDirectory(folder: string): Promise<void> {
  const text = await readFile(path.join(projectFolder, 'directory/directory.json'), 'utf8');
  const parsed = serviceDirectory.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new Error(`directory/directory.json is not a service directory:\n${z.prettifyError(parsed.error)}`);
  }
  const directory: ServiceDirectory = {
    ...parsed.data,
    services: [...ownServices(), ...parsed.data.services],
  };
  refuseRepeated('service', directory.services);
  refuseRepeated('connection', directory.connections);
  await mkdir(path.join(folder, 'directory'));
  await writeFile(path.join(folder, 'directory/directory.json'), JSON.stringify(directory));
}

const ownServices = (): ServiceDirectory['services'] =>
  promiseDocuments.map(({ service, team, product }) => ({
    id: service,
    team,
    product,
    repositories: [{ address: ownRepository, path: `functions/${service}` }],
    aws: [`fanfare-{environment}-${service}`],
    pagerDuty: [],
    artifacts: [],
  }));

function refuseRepeated(what: string, all: readonly { readonly id: string }[]): void {
  const [twice] = [...Map.groupBy(all, ({ id }) => id)].find(([, same]) => same.length > 1) ?? [];
  if (twice !== undefined) {
    throw new Error(`The service directory has more than one ${what} ${twice}.`);
  }
}
