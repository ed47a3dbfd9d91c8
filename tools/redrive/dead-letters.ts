import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../../functions/kernel/parse-json.ts';

/** A place where failed work waits, as the stacks' outputs tell. */
export interface DeadLetters {
  /** Of the queue or function whose failures these are. */
  readonly name: string;
  readonly stack: string;
  readonly url: string;
  readonly arn: string;
  /** The function whose asynchronous invocations failed; without one, they are messages of a queue. */
  readonly functionName?: string;
}

/** What `cdk deploy --outputs-file` writes: outputs by stack. */
const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));
export type Outputs = z.infer<typeof outputsSchema>;

/** The dead letters of all stacks in an outputs file. Throws with what to do when there is none. */
export const readDeadLetters = async (file: string): Promise<DeadLetters[]> =>
  findDeadLetters(await readOutputs(file));

/** The outputs of all stacks. Throws with what to do when there is no such file. */
export async function readOutputs(file: string): Promise<Outputs> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`There is no ${file}: run \`npm start\` or \`npm run deploy\` first, they write it.`, {
      cause: error,
    });
  }
  const outputs = outputsSchema.safeParse(parseJson(text));
  if (!outputs.success) {
    throw new Error(`${file} does not hold the outputs of stacks: ${z.prettifyError(outputs.error)}`);
  }
  return outputs.data;
}

/** `RenderDeadLettersUrl` and `RenderDeadLettersArn` make `render`; `AcceptUploadFunctionName` tells that `accept-upload` is a function. */
export function findDeadLetters(outputs: Outputs): DeadLetters[] {
  return Object.entries(outputs).flatMap(([stack, values]) =>
    Object.entries(values).flatMap(([key, url]) => {
      const owner = /^(.+)DeadLettersUrl$/u.exec(key)?.[1];
      const arn = values[`${owner}DeadLettersArn`];
      if (owner === undefined || arn === undefined) {
        return [];
      }
      const functionName = values[`${owner}FunctionName`];
      return [
        { name: kebabCase(owner), stack, url, arn, ...(functionName === undefined ? {} : { functionName }) },
      ];
    }),
  );
}

const kebabCase = (pascal: string): string =>
  pascal.replaceAll(/(?<=.)[A-Z]/gu, (capital) => `-${capital}`).toLowerCase();

/** The one called `name`, in `stage` if given. Throws, with the names that exist, when it is unknown or in more than one stage. */
export function chooseDeadLetters(
  all: readonly DeadLetters[],
  name: string | undefined,
  stage: string | undefined,
): DeadLetters {
  const here = stage === undefined ? all : all.filter(({ stack }) => stack.startsWith(`fanfare-${stage}-`));
  const known = [...new Set(here.map((each) => each.name))].join(', ') || 'none';
  if (name === undefined) {
    throw new Error(`Say which: npm run redrive -- <name>. Known: ${known}.`);
  }
  const [chosen, ...others] = here.filter((each) => each.name === name);
  if (chosen === undefined) {
    throw new Error(`There are no dead letters called “${name}”. Known: ${known}.`);
  }
  if (others.length > 0) {
    const stacks = [chosen, ...others].map(({ stack }) => stack).join(', ');
    throw new Error(`“${name}” is in several stacks (${stacks}): choose with --stage.`);
  }
  return chosen;
}
