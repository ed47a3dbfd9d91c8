import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from './project-folder.ts';
import { awsClients, type Clients, localClients, localPlace } from './redrive/clients.ts';
import { chooseDeadLetters, type DeadLetters, readDeadLetters } from './redrive/dead-letters.ts';
import { redriveFunction } from './redrive/redrive-function.ts';
import { redriveQueue } from './redrive/redrive-queue.ts';

const usage = `npm run redrive -- <name> [--stage dev|staging|prod] [--local | --aws] [--outputs <file>]
Sends failed work back to where it failed: messages to their queue, events to their function.
Goes to the local stage while one runs, else to AWS. The stacks' outputs are read from build/outputs.json.`;

/** The command line; answers what it did, in words. Throws an Error whose message is for people. */
async function redrive(args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stage: { type: 'string' },
      local: { type: 'boolean', default: false },
      aws: { type: 'boolean', default: false },
      outputs: { type: 'string', default: path.join(projectFolder, 'build/outputs.json') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    return usage;
  }
  const all = await readDeadLetters(values.outputs);
  const chosen = chooseDeadLetters(all, positionals[0], values.stage);
  const clients = await chooseClients(values);
  checkPlace(chosen, clients, values.outputs);
  const count = await move(clients, chosen);
  const what = chosen.functionName === undefined ? 'message' : 'event';
  return `${chosen.name}: ${count} ${what}${count === 1 ? '' : 's'} sent back, in ${clients.place}.`;
}

/** Outputs and clients must be of the same place: either the stage of this machine or AWS. */
function checkPlace(chosen: DeadLetters, clients: Clients, file: string): void {
  const isOfLocalStage = isLoopback(chosen.url);
  if (isOfLocalStage && clients.place !== localPlace) {
    throw new Error(
      `${file} is of a local stage, and none runs: start it with \`npm start\`, or give the outputs of a deployment with --outputs.`,
    );
  }
  if (!isOfLocalStage && clients.place === localPlace) {
    throw new Error(`${file} is of a deployment, and a local stage runs: give --aws to go to AWS.`);
  }
}

const isLoopback = (url: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

async function chooseClients(where: { local: boolean; aws: boolean }): Promise<Clients> {
  if (where.local && where.aws) {
    throw new Error('Give --local or --aws, not both.');
  }
  if (where.aws) {
    return awsClients();
  }
  const local = await localClients();
  if (where.local && local === undefined) {
    throw new Error('No local stage runs: start one with `npm start`.');
  }
  return local ?? awsClients();
}

async function move(clients: Clients, deadLetters: DeadLetters): Promise<number> {
  try {
    return deadLetters.functionName === undefined
      ? await redriveQueue(clients.sqs, deadLetters.arn)
      : await redriveFunction(clients, deadLetters.url, deadLetters.functionName);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') {
      throw new Error(
        'The local stage does not answer: start it again with `npm start`, or go to AWS with --aws.',
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}

try {
  console.log(await redrive(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
