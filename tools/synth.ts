import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { tellRefusal } from '../lib/ownership/tell-refusal.ts';
import { buildAndSynthesize } from './build-and-synthesize.ts';
import { projectFolder } from './project-folder.ts';

const usage = `npm run synth -- [--context <key>=<value>]… [--output <folder>]
Builds what the stacks deploy and writes their templates, checked, to cdk.out; --context stage=prod for another stage. As npx cdk synth, without the second that the CLI takes.`;

const { values } = parseArgs({
  options: {
    context: { type: 'string', short: 'c', multiple: true, default: [] },
    output: { type: 'string', short: 'o', default: path.join(projectFolder, 'cdk.out') },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  await buildAndSynthesize({ context: context(), outdir: values.output }).then(tell).catch(tellRefusal);
}

function context(): Record<string, string> {
  return Object.fromEntries(
    values.context.map((each) => {
      const [, key, value] = /^([^=]+)=(.*)$/su.exec(each) ?? [];
      if (key === undefined || value === undefined) {
        throw new Error(`“${each}” is no context: write key=value.`);
      }
      return [key, value];
    }),
  );
}

/** As the CLI does: an error that a stack is annotated with fails the synthesis. */
function tell({ stacks, directory }: CloudAssembly): void {
  for (const { id, level, entry } of stacks.flatMap(({ messages }) => messages)) {
    console.error(`${level} ${id}: ${JSON.stringify(entry.data)}`);
    process.exitCode = isError(level) ? 1 : process.exitCode;
  }
  console.log(`${stacks.map(({ stackName }) => stackName).join(', ')} in ${path.relative('.', directory)}`);
}

/** As text: the CDK is not loaded at the head for the sake of a name. */
const isError = (level: string): boolean => level === 'error';
