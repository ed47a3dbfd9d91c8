import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exclusively } from '../../tools/exclusively.ts';

let lock: string;
beforeAll(async () => {
  lock = path.join(await mkdtemp(path.join(tmpdir(), 'fanfare-lock-')), 'deep/lock');
});
afterAll(async () => {
  await rm(path.dirname(path.dirname(lock)), { recursive: true });
});

describe('exclusive work', () => {
  it('waits for the work of others to end', async () => {
    const events: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      events.push(`${name} begins`);
      await turn();
      events.push(`${name} ends`);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => exclusively(lock, work(name))));
    expect(events).toHaveLength(6);
    for (const index of [0, 2, 4]) {
      expect(events[index + 1]).toBe(events[index]?.replace('begins', 'ends'));
    }
  });

  it('answers what the work answers, and lets others in when it fails', async () => {
    await expect(exclusively(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(exclusively(lock, () => Promise.resolve(42))).resolves.toBe(42);
  });

  it('takes over from a process that was killed at work', async () => {
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { exclusively } = await import(${JSON.stringify(path.join(import.meta.dirname, '../../tools/exclusively.ts'))});
         await exclusively(${JSON.stringify(lock)}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    const next = exclusively(lock, () => Promise.resolve('taken over'));
    holder.kill('SIGKILL');
    await expect(next).resolves.toBe('taken over');
  });
});
