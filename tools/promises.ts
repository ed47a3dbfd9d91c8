import path from 'node:path';
import { promiseDocuments } from '../functions/promises.ts';
import { leavesOf } from '../lib/promises/graph.ts';
import { projectFolder } from './project-folder.ts';
import { leavesHead, leavesRows } from './promises/leaves.ts';
import { stalePages, writePages } from './promises/pages.ts';
import { UndrawableError } from './promises/picture/columns.ts';
import { readReleases, releaseRefusals, writeReleases } from './promises/releases.ts';
import { textTable } from './promises/text-table.ts';

const usage = `Usage:
  npm run promises              writes docs/promises: a page for each service, an index and the dependency graph
  npm run promises -- check     says which of them are not current, and which promises were weakened in silence
  npm run promises -- graph     prints what everything stands on, and what falls when it fails
  npm run promises -- release   makes the documents the released ones, with which later ones are compared`;

const pages = path.join(projectFolder, 'docs/promises');
const releases = path.join(pages, 'released');

const commands = new Map<string | undefined, () => Promise<number>>([
  [undefined, write],
  ['check', check],
  ['graph', graph],
  ['release', release],
]);

async function write(): Promise<number> {
  const changed = await writePages(pages, promiseDocuments);
  console.log(changed.length === 0 ? 'docs/promises is current.' : changed.map(inDocs).join('\n'));
  return 0;
}

async function check(): Promise<number> {
  const stale = await stalePages(pages, promiseDocuments);
  const refusals = releaseRefusals(await readReleases(releases), promiseDocuments);
  if (stale.length > 0) {
    console.error(
      ['Not current; run npm run promises:', ...stale.map((file) => `  ${inDocs(file)}`)].join('\n'),
    );
  }
  for (const refusal of refusals) {
    console.error(refusal);
  }
  if (stale.length > 0 || refusals.length > 0) {
    return 1;
  }
  console.log('docs/promises is current, and no promise was weakened in silence.');
  return 0;
}

async function graph(): Promise<number> {
  console.log(textTable(leavesHead, leavesRows(leavesOf(promiseDocuments))));
  return 0;
}

async function release(): Promise<number> {
  const refusals = releaseRefusals(await readReleases(releases), promiseDocuments);
  if (refusals.length > 0) {
    console.error(refusals.join('\n'));
    return 1;
  }
  await writeReleases(releases, promiseDocuments);
  console.log(
    promiseDocuments.map(({ service, version }) => `${service} ${version} is released.`).join('\n'),
  );
  return 0;
}

function inDocs(file: string): string {
  return `docs/promises/${file}`;
}

/** Answers the exit code. */
async function main([name, ...rest]: readonly string[]): Promise<number> {
  const command = commands.get(name);
  if (command === undefined || rest.length > 0) {
    const complaint =
      command === undefined ? `There is no command “${name}”.` : `Too many arguments: ${rest.join(' ')}.`;
    console.error(`${complaint}\n${usage}`);
    return 2;
  }
  try {
    return await command();
  } catch (error) {
    if (error instanceof UndrawableError) {
      console.error(error.message);
      return 1;
    }
    throw error;
  }
}

process.exitCode = await main(process.argv.slice(2));
