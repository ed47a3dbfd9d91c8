import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { synthesize } from '../tools/synthesize.ts';
import { parseFlags, usage } from './flags.ts';
import { printable } from './printable.ts';
import { type Stage, startStage } from './stage.ts';

/** `npm start`: synthesizes, runs the template, prints where, until Ctrl-C. */
const flags = parseFlags(process.argv.slice(2));
if (flags.kind === 'help') {
  process.stdout.write(usage);
  process.exit(0);
}
if (flags.kind === 'wrong') {
  process.stderr.write(`${flags.message}\n\n${usage}`);
  process.exit(2);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const buildFolder = path.join(import.meta.dirname, '../build');
/** Where `npm run redrive` finds the stage while it runs. */
const placesFile = path.join(buildFolder, 'local-stage.json');

let stage: Stage | undefined;
let isEnding = false;
const end = async (signal: string): Promise<void> => {
  // A second Ctrl-C does not wait; whatever is left ends with this process.
  if (isEnding) {
    process.exit(1);
  }
  isEnding = true;
  say(`\n${signal}: stopping …`);
  await stage?.stop();
  await rm(placesFile, { force: true });
  process.exit(0);
};
process.on('SIGINT', () => void end('Ctrl-C'));
process.on('SIGTERM', () => void end('SIGTERM'));

if (flags.reset && flags.dataFolder !== undefined) {
  await rm(flags.dataFolder, { recursive: true, force: true });
}
say(`Synthesizing the stage ${flags.stage} …`);
const assembly = await synthesize(flags.stage);
say('Starting Redis, S3, SQS and the functions …');
stage = await startStage({
  assembly,
  port: flags.port,
  ...(flags.dataFolder === undefined ? {} : { dataFolder: flags.dataFolder }),
  log: (source, line) => {
    const text = printable(line);
    if (text !== undefined) {
      say(`${source.padEnd(14)} ${text}`);
    }
  },
});
await mkdir(buildFolder, { recursive: true });
await writeFile(path.join(buildFolder, 'outputs.json'), JSON.stringify(stage.outputs, undefined, 2));
const { endpoints, credentials, region } = stage;
await writeFile(placesFile, JSON.stringify({ endpoints, credentials, region }, undefined, 2));
printAddresses(stage);

function printAddresses({ origin, leftOut }: Stage): void {
  const reasons = Map.groupBy(leftOut, ([, reason]) => reason);
  say('\nLeft out of the template:');
  for (const [reason, types] of reasons) {
    say(`  ${types.map(([type]) => type.replace(/^AWS::/u, '')).join(', ')}: ${reason}`);
  }
  say(`
  Console   ${origin}/
  API       ${origin}/personalise/campaigns
  S3, SQS   ${endpoints.s3}

Ctrl-C stops everything.`);
}
