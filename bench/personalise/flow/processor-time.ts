import { readdir, readFile } from 'node:fs/promises';

/** Processor time (user and system) in milliseconds, by what the process is. */
export type ProcessorTime = ReadonlyMap<string, number>;

/** The kernel counts in hundredths of a second for programs, whatever its own clock. Source: proc_pid_stat(5), `utime`; sysconf(_SC_CLK_TCK). */
const tickMs = 10;

/**
 * What this process and those that it has started, and they, have used since each began: functions by their names, Redis, and `stage` for this process itself.
 * Processes that have ended are not counted, so what is measured between two readings must not end within. Linux only.
 */
export async function readProcessorTime(
  others: ReadonlyMap<number, string> = new Map(),
): Promise<ProcessorTime> {
  const processes = (await Promise.all((await readdir('/proc')).map(readProcess))).flat();
  const family = new Set([process.pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { pid, parent } of processes) {
      if (family.has(parent)) {
        family.add(pid);
      }
    }
  }
  const times = new Map<string, number>();
  for (const { pid, ms, name } of processes) {
    if (family.has(pid)) {
      const known = pid === process.pid ? 'stage' : (others.get(pid) ?? name);
      times.set(known, (times.get(known) ?? 0) + ms);
    }
  }
  return times;
}

/** What was used from `before` to `after`, divided by `count`; the most first. */
export function perJob(before: ProcessorTime, after: ProcessorTime, count: number): ProcessorTime {
  const used = [...after].map(([name, ms]): [string, number] => [
    name,
    (ms - (before.get(name) ?? 0)) / count,
  ]);
  return new Map(used.filter(([, ms]) => ms > 0).toSorted(([, one], [, other]) => other - one));
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly ms: number;
}

/** None when it is no process, or is gone by now. */
async function readProcess(entry: string): Promise<Process[]> {
  if (!/^\d+$/u.test(entry)) {
    return [];
  }
  try {
    const [stat, environment] = await Promise.all(
      ['stat', 'environ'].map((file) => readFile(`/proc/${entry}/${file}`, 'utf8')),
    );
    // The program's name stands in brackets and may contain anything, brackets too.
    const [, program = '', rest = ''] = /^\d+ \((.*)\) (.*)$/su.exec(stat ?? '') ?? [];
    const fields = rest.split(' ');
    const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+)/u.exec(environment ?? '')?.[1] ?? program;
    return [
      {
        pid: Number(entry),
        parent: Number(fields[1]),
        name,
        ms: (Number(fields[11]) + Number(fields[12])) * tickMs,
      },
    ];
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code))
    ) {
      return [];
    }
    throw error;
  }
}
