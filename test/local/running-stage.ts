import { afterAll, beforeAll } from 'vitest';
import { type Stage, startStage } from '../../local/stage.ts';
import { synthesize } from '../../tools/synthesize.ts';

/** Lines that functions wrote, by construct path. */
export type Logs = Map<string, string[]>;

export interface Running {
  readonly stage: Stage;
  readonly logs: Logs;
  /** How often a function published a metric since the stage started. */
  readonly metric: (functionPath: string, name: string) => number;
}

/** The local stage with the real template, for all tests of a file. */
export function useStage(prepare?: (stage: Stage) => Promise<void>): () => Running {
  let running: Running | undefined;
  beforeAll(async () => {
    const logs: Logs = new Map();
    const stage = await startStage({
      assembly: await synthesize('dev'),
      log: (source, line) => void logs.set(source, [...(logs.get(source) ?? []), line]),
    });
    await prepare?.(stage);
    running = { stage, logs, metric: (path, name) => sumOf(logs.get(path) ?? [], name) };
  }, 180_000);
  afterAll(async () => {
    await running?.stage.stop();
  });
  return () => {
    if (running === undefined) {
      throw new Error('the stage has not started');
    }
    return running;
  };
}

/** Sums a metric over EMF lines. */
function sumOf(lines: readonly string[], name: string): number {
  return lines
    .filter((line) => line.includes('"_aws"'))
    .flatMap((line) => {
      const entry: unknown = JSON.parse(line);
      const value = typeof entry === 'object' && entry !== null ? Reflect.get(entry, name) : undefined;
      return Array.isArray(value) ? value.map(Number) : value === undefined ? [] : [Number(value)];
    })
    .reduce((sum, value) => sum + value, 0);
}
