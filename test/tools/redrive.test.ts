import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let outputs: string;
beforeAll(async () => {
  outputs = path.join(await mkdtemp(path.join(tmpdir(), 'fanfare-redrive-')), 'outputs.json');
  await writeFile(
    outputs,
    JSON.stringify({
      'fanfare-dev-personalise': {
        RenderDeadLettersUrl: 'http://127.0.0.1:9/render-dead',
        RenderDeadLettersArn: 'arn:aws:sqs:eu-west-1:000000000000:render-dead',
      },
    }),
  );
});
afterAll(async () => {
  await rm(path.dirname(outputs), { recursive: true });
});

const redrive = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const script = path.join(import.meta.dirname, '../../tools/redrive.ts');
    const child = execFile(process.execPath, [script, '--outputs', outputs, ...args], (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, out, err });
    });
  });

describe('npm run redrive', () => {
  it('lists what can be redriven when nothing is named', async () => {
    await expect(redrive()).resolves.toEqual({
      code: 1,
      out: '',
      err: 'Say which: npm run redrive -- <name>. Known: render.\n',
    });
  });

  it('explains itself', async () => {
    const { code, out } = await redrive('--help');
    expect(code).toBe(0);
    expect(out).toContain('npm run redrive -- <name>');
  });

  it('refuses two places at once', async () => {
    const { code, err } = await redrive('render', '--local', '--aws');
    expect({ code, err }).toEqual({ code: 1, err: 'Give --local or --aws, not both.\n' });
  });

  it('does not send to AWS what failed on the local stage', async () => {
    const { code, err } = await redrive('render', '--aws');
    expect({ code, err }).toEqual({
      code: 1,
      err: `${outputs} is of a local stage, and none runs: start it with \`npm start\`, or give the outputs of a deployment with --outputs.\n`,
    });
  });

  it('names an option that it does not know, without a stack trace', async () => {
    const { code, err } = await redrive('render', '--everything');
    expect(code).toBe(1);
    expect(err).toContain('--everything');
    expect(err).not.toContain('\n    at ');
  });
});
