import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import * as z from 'zod';

export interface Rush {
  readonly users: number;
  readonly jobsEach: number;
  /** Users are counted from here: each number has its own address. */
  readonly firstUser: number;
}

export interface Users {
  readonly pid: number;
  /** Finished jobs a second. Throws when a job does not end `done`. */
  rush(rush: Rush): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a process from which users come; `wish` is what all of them ask for. */
export async function startUsers(origin: string, wish: unknown, photoFile: string): Promise<Users> {
  const child = fork(path.join(import.meta.dirname, 'users.ts'), [origin, JSON.stringify(wish), photoFile]);
  const exit = once(child, 'exit');
  const died = exit.then(([code]: unknown[]): never => {
    throw new Error(`The users' process ended with ${String(code)}`);
  });
  died.catch(() => undefined);
  await Promise.race([once(child, 'message'), died]);
  return {
    pid: child.pid ?? 0,
    rush: async (rush) => {
      const answer = once(child, 'message');
      child.send(rush);
      const [ms] = await Promise.race([answer, died]);
      return (rush.users * rush.jobsEach) / (z.number().parse(ms) / 1000);
    },
    stop: async () => {
      child.disconnect();
      await exit;
    },
  };
}
