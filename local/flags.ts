import { parseArgs } from 'node:util';
import { parseStage } from '../lib/stage.ts';

export type Flags =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'run';
      readonly stage: string;
      readonly port: number;
      readonly dataFolder: string | undefined;
      readonly reset: boolean;
      readonly timeScale: number;
    };

export const usage = `npm start -- [flags]

  --stage <name>    which stage of lib/config.ts to run (dev)
  --port <number>   where the site is served; S3 and SQS are on the next port (4000)
  --data <folder>   keep uploads, results and messages there between runs
  --reset           empty that folder first
  --time-scale <n>  let metrics, alarms and schedules pass n times faster (1)
  --help            this
`;

/** The flags of `npm start`, or what is wrong with them in words. */
export function parseFlags(args: readonly string[]): Flags {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string', default: 'dev' },
        port: { type: 'string', default: '4000' },
        data: { type: 'string' },
        'time-scale': { type: 'string', default: '1' },
        reset: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port);
    const timeScale = Number(values['time-scale']);
    if (values.help) {
      return { kind: 'help' };
    }
    parseStage(values.stage);
    if (!Number.isInteger(port) || port < 1 || port > 65_534) {
      return { kind: 'wrong', message: `“${values.port}” is no port: give a number from 1 to 65534.` };
    }
    if (!(timeScale >= 1 && timeScale <= 600)) {
      return {
        kind: 'wrong',
        message: `“${values['time-scale']}” is no time scale: give a number from 1 to 600.`,
      };
    }
    if (values.reset && values.data === undefined) {
      return { kind: 'wrong', message: '--reset needs --data: without a folder nothing is kept.' };
    }
    return {
      kind: 'run',
      stage: values.stage,
      port,
      dataFolder: values.data,
      reset: values.reset,
      timeScale,
    };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}
