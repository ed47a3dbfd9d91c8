import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { synthesize } from '../tools/synthesize.ts';
import { prepareDataFolder } from './data-folder.ts';
import { tellOfStacks } from './events/tell-of-stacks.ts';
import { type Flags, parseFlags, usage } from './flags.ts';
import { firstSentence } from './alarm-page.ts';
import type { AlarmChange } from './cloudwatch/alarms.ts';
import { printable } from './printable.ts';
import { type Stage, startStage } from './stage.ts';

const buildFolder = path.join(import.meta.dirname, '../build');
/** Where `npm run redrive` finds the stage while it runs. */
const placesFile = path.join(buildFolder, 'local-stage.json');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: synthesizes, runs the template, prints where, until Ctrl-C. */
async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2));
  if (flags.kind === 'help') {
    process.stdout.write(usage);
    return;
  }
  if (flags.kind === 'wrong') {
    process.stderr.write(`${flags.message}\n\n${usage}`);
    process.exitCode = 2;
    return;
  }
  let running: Promise<Stage> | undefined;
  let isEnding = false;
  const end = async (signal: string): Promise<void> => {
    // A second Ctrl-C does not wait; whatever is left ends with this process.
    if (isEnding) {
      process.exit(1);
    }
    isEnding = true;
    say(`\n${signal}: stopping …`);
    // A stage that cannot start has stopped itself, and said why.
    const stage = await running?.catch(() => undefined);
    await stage?.stop();
    await rm(placesFile, { force: true });
    process.exit(0);
  };
  process.on('SIGINT', () => void end('Ctrl-C'));
  process.on('SIGTERM', () => void end('SIGTERM'));

  if (flags.dataFolder !== undefined) {
    await prepareDataFolder(flags.dataFolder, flags.reset);
  }
  say(`Synthesizing the stage ${flags.stage} …`);
  const assembly = await synthesize(flags.stage);
  say('Starting Redis, S3, SQS and the functions …');
  running = run(assembly, flags);
  const stage = await running;
  if (!isEnding) {
    await writePlaces(stage);
    printAddresses(stage);
    stage.alarms.onChange(printAlarm);
    tellOfStacks(
      stage.events,
      Object.keys(stage.outputs),
      flags.dataFolder === undefined ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE',
    );
  }
}

const run = async (assembly: string, flags: Extract<Flags, { kind: 'run' }>): Promise<Stage> =>
  startStage({
    assembly,
    port: flags.port,
    timeScale: flags.timeScale,
    ...(flags.dataFolder === undefined ? {} : { dataFolder: flags.dataFolder }),
    log: (source, line) => {
      const text = printable(line);
      if (text !== undefined) {
        say(`${source.padEnd(14)} ${text}`);
      }
    },
  });

async function writePlaces({ origin, outputs, endpoints, credentials, region }: Stage): Promise<void> {
  await mkdir(buildFolder, { recursive: true });
  await writeFile(path.join(buildFolder, 'outputs.json'), JSON.stringify(outputs, undefined, 2));
  await writeFile(placesFile, JSON.stringify({ origin, endpoints, credentials, region }, undefined, 2));
}

/** A line for people. That an alarm has found enough data, or no longer has it, is no news. */
function printAlarm({ alarm, from, to }: AlarmChange): void {
  if (from.state !== 'ALARM' && to.state !== 'ALARM') {
    return;
  }
  const { Team: team = 'nobody', Severity: severity } = alarm.tags;
  const owner = severity === undefined ? team : `${team}, ${severity}`;
  const what = { ALARM: 'ALARM', OK: 'OK again', INSUFFICIENT_DATA: 'No data any more' }[to.state];
  const impact = to.state === 'ALARM' ? ` ${firstSentence(alarm.description)}` : '';
  say(`${'alarm'.padEnd(14)} ${what}: ${alarm.name} (${owner}).${impact}`);
}

function printAddresses({ origin, endpoints, leftOut, sink }: Stage): void {
  const reasons = Map.groupBy(leftOut, ([, reason]) => reason);
  say('\nLeft out of the template:');
  for (const [reason, types] of reasons) {
    say(`  ${types.map(([type]) => type.replace(/^AWS::/u, '')).join(', ')}: ${reason}`);
  }
  say(`
  Console   ${origin}/
  API       ${origin}/personalise/campaigns
  S3, SQS   ${endpoints.s3}
  Sign-in   ${endpoints.issuer}   an OpenID Connect issuer: whoever you say you are
  Lambda    ${endpoints.lambda}
  Messages  ${sink.endpoint}/messages   what alarms have told people

Ctrl-C stops everything.`);
}

/** What went wrong and why, without where in the code. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message}\n  ${inWords(error.cause)}`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${inWords(error)}\n`);
  process.exitCode = 1;
}
