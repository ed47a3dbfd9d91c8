import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import * as z from 'zod';

export interface BareLoop {
  /** Milliseconds of each render. */
  readonly times: readonly number[];
  /** Milliseconds of processor time, of all renders. */
  readonly processorMs: number;
}

const outputSchema = z.object({ times: z.array(z.number()), processorMs: z.number() });

/** Runs `count` bare render loops at the same time, in processes of their own. */
export async function runBareLoops(
  count: number,
  campaign: string,
  slots: Readonly<Record<string, string>>,
  photoFile: string,
  lengthMs: number,
): Promise<BareLoop[]> {
  const loops = Array.from({ length: count }, () =>
    fork(
      path.join(import.meta.dirname, 'bare-render-loop.ts'),
      [campaign, JSON.stringify(slots), photoFile, String(lengthMs)],
      { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], env: { ...process.env, MALLOC_ARENA_MAX: '2' } },
    ),
  );
  await Promise.all(loops.map((loop) => once(loop, 'message')));
  const outputs = loops.map(({ stdout }) => (stdout === null ? Promise.resolve('') : text(stdout)));
  for (const loop of loops) {
    loop.send('go');
  }
  return (await Promise.all(outputs)).map((output) => outputSchema.parse(JSON.parse(output)));
}
