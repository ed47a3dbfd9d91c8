import { isDeployment } from './deployments.ts';
import type { Essence } from './essence.ts';

/** From this moment on, an artifact runs in an environment; without one, nothing does. */
export interface Run {
  readonly atMs: number;
  readonly artifact: string | undefined;
  readonly how: 'deployed' | 'upgraded' | 'rolledback' | 'published' | 'removed';
  readonly event: string;
}

const hows: ReadonlyMap<string, Run['how']> = new Map([
  ['service.deployed', 'deployed'],
  ['service.upgraded', 'upgraded'],
  ['service.rolledback', 'rolledback'],
  ['service.published', 'published'],
  ['service.removed', 'removed'],
]);

/**
 * What ran in each environment, oldest first.
 *
 * @param events of one service, in event order
 */
export function runsOf(events: readonly Essence[]): Map<string, Run[]> {
  const runs = new Map<string, Run[]>();
  for (const { type, environment, artifact, atMs, identity } of events) {
    const how = hows.get(type);
    if (how === undefined || environment === undefined) {
      continue;
    }
    const before = runs.get(environment) ?? [];
    runs.set(environment, before);
    before.push({
      atMs,
      // To publish says that it is reachable, not what it is.
      artifact:
        how === 'removed'
          ? undefined
          : (artifact ?? (isDeployment(type) ? undefined : before.at(-1)?.artifact)),
      how,
      event: identity,
    });
  }
  return runs;
}

/** @returns undefined when nothing had ever been there at that moment, or nothing was left */
export function runningAt(runs: readonly Run[], atMs: number): Run | undefined {
  const last = runs.findLast((run) => run.atMs <= atMs);
  return last?.how === 'removed' ? undefined : last;
}
