import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../local/free-port.ts';
import { synthesize } from '../../../tools/synthesize.ts';
import { descendantsOf, isRunning } from './processes.ts';

/** Milliseconds that anything may take on a busy machine: a start is a few seconds on an idle one. */
const patience = 120_000;
const project = path.join(import.meta.dirname, '../../..');
const placesFile = path.join(project, 'build/local-stage.json');

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}
const runs: Run[] = [];

function npmStart(...flags: string[]): Run {
  const child = spawn(process.execPath, [path.join(project, 'local/main.ts'), ...flags], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  const run = { child, output: () => output, exit: once(child, 'exit').then(([code]) => code) };
  runs.push(run);
  return run;
}

async function started(...flags: string[]): Promise<Run & { origin: string }> {
  const port = await freePort();
  const run = npmStart('--port', String(port), ...flags);
  await vi.waitFor(() => expect(run.output()).toContain('Ctrl-C stops everything'), {
    timeout: patience,
    interval: 50,
  });
  return { ...run, origin: `http://127.0.0.1:${port}` };
}

const allGone = async (pids: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: patience, interval: 20 });

beforeAll(async () => {
  await synthesize('dev');
});
afterEach(async () => {
  for (const { child } of runs.splice(0)) {
    child.kill('SIGKILL');
  }
});

describe('npm start', { timeout: 3 * patience }, () => {
  it('prints where everything is, and leaves nothing behind after Ctrl-C', async () => {
    const { child, origin, output, exit } = await started();
    expect(output()).toContain(`Console   ${origin}/`);
    expect(output()).toContain('IAM::Role');
    expect(JSON.parse(readFileSync(placesFile, 'utf8'))).toMatchObject({
      endpoints: { sqs: expect.stringContaining('http://127.0.0.1:'), lambda: expect.any(String) },
    });
    expect((await fetch(`${origin}/personalise/campaigns`)).status).toBe(200);
    const processes = descendantsOf(child.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(3);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    await allGone(processes);
    expect(existsSync(placesFile)).toBe(false);
  });

  it('leaves no process behind even when it is killed', async () => {
    const { child, origin, exit } = await started();
    expect((await fetch(`${origin}/personalise/campaigns`)).status).toBe(200);
    const processes = descendantsOf(child.pid ?? 0);
    expect(processes.length).toBeGreaterThanOrEqual(3);
    child.kill('SIGKILL');
    await exit;
    await allGone(processes);
  });

  it('says in a line which alarm went off and whose it is, and nothing while all is well', async () => {
    const { output } = await started('--time-scale', '60');
    const { endpoints } = JSON.parse(readFileSync(placesFile, 'utf8'));
    // What is no event of S3 makes the function fail.
    const fail = async (): Promise<unknown> =>
      fetch(`${endpoints.lambda}/2015-03-31/functions/fanfare-dev-personalise-accept-upload/invocations`, {
        method: 'POST',
        body: '{"Records":[{}]}',
      });
    await vi.waitFor(
      async () => {
        await fail();
        expect(output()).toMatch(
          /^alarm +ALARM: fanfare-dev\/personalise\/accept-upload-errors \(campaigns, page\)\. [A-Z].*\.$/mu,
        );
      },
      { timeout: patience, interval: 100 },
    );
    await vi.waitFor(
      () => expect(output()).toMatch(/^alarm +OK again: fanfare-dev\/personalise\/accept-upload-errors/mu),
      { timeout: patience, interval: 100 },
    );
    const raised = [...output().matchAll(/^alarm +[\w ]+: fanfare-dev\/(\S+)/gmu)].map(([, name]) => name);
    // Whether the site answers is judged in real seconds, of which a busy machine may need more.
    expect(new Set(raised.filter((name) => !name?.startsWith('console/')))).toEqual(
      new Set(['personalise/accept-upload-errors', 'personalise/page']),
    );
  });

  it('stops what it has begun when Ctrl-C comes before it is up', async () => {
    const { child, exit, output } = npmStart('--port', String(await freePort()));
    await vi.waitFor(() => expect(descendantsOf(child.pid ?? 0).length).toBeGreaterThanOrEqual(1), {
      timeout: patience,
      interval: 10,
    });
    const processes = descendantsOf(child.pid ?? 0);
    child.kill('SIGINT');
    expect(await exit).toBe(0);
    await allGone(processes);
    expect(output()).not.toContain('Ctrl-C stops everything');
  });

  it('says in words that a port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { exit, output } = npmStart('--port', String(port));
    expect(await exit).toBe(1);
    expect(output()).toContain(
      `Port ${port} is taken: another stage may be running. Give another with --port.`,
    );
    expect(output()).not.toMatch(/^\s+at /mu);
    squatter.close();
  });

  it.each([
    [['--prot', '4000'], "Unknown option '--prot'"],
    [['--port', 'high'], '“high” is no port'],
    [['--reset'], '--reset needs --data'],
    [['--stage', 'moon'], 'moon'],
    [['--time-scale', '0'], '“0” is no time scale: give a number from 1 to 600.'],
  ])('explains flags that it does not take: %j', async (flags, words) => {
    const { exit, output } = npmStart(...flags);
    expect(await exit).toBeGreaterThan(0);
    expect(output()).toContain(words);
    expect(output()).not.toMatch(/^\s+at /mu);
  });

  it('does not touch a data folder that is not its own', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'fanfare-precious-'));
    await writeFile(path.join(folder, 'thesis.txt'), 'years of work');
    const { exit, output } = npmStart('--data', folder, '--reset');
    expect(await exit).toBe(1);
    expect(output()).toContain(`${folder} holds files that are not the local stage's.`);
    expect(await readdir(folder)).toEqual(['thesis.txt']);
    await rm(folder, { recursive: true });
  });

  it('explains itself', async () => {
    const { exit, output } = npmStart('--help');
    expect(await exit).toBe(0);
    expect(output()).toMatch(/--stage.*--port.*--data.*--reset.*--time-scale/su);
  });
});
