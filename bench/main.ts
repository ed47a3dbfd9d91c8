import { readdir } from 'node:fs/promises';
import type { Row } from './row.ts';

/** `npm run bench -- <service> [<benchmark> …]`: runs `bench/<service>/*.bench.ts` and prints their tables. */
const [service, ...wanted] = process.argv.slice(2);
const services = await foldersOf(import.meta.dirname);
if (service === undefined || !services.includes(service)) {
  process.stderr.write(`Which service? npm run bench -- ${services.join('|')} [benchmark …]\n`);
  process.exit(2);
}
const files = (await readdir(`${import.meta.dirname}/${service}`)).filter((file) =>
  file.endsWith('.bench.ts'),
);
const names = files.map((file) => file.replace('.bench.ts', ''));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')} of ${service}; there are ${names.join(', ')}.\n`,
  );
  process.exit(2);
}

let broken = 0;
for (const name of wanted.length > 0 ? wanted : names) {
  const benchmark: { run(): Promise<readonly Row[]> } = await import(`./${service}/${name}.bench.ts`);
  process.stdout.write(`\n${service}: ${name}\n`);
  for (const row of await benchmark.run()) {
    broken += row.holds === false ? 1 : 0;
    const verdict =
      row.holds === undefined ? '' : row.holds ? `  ${row.bound} holds` : `  ${row.bound} BROKEN`;
    process.stdout.write(`  ${row.measure.padEnd(64)} ${row.figure}${verdict}\n`);
  }
}
process.exitCode = broken === 0 ? 0 : 1;

async function foldersOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
