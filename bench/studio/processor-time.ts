import { readdir, readFile } from 'node:fs/promises';

/** Of Linux on every processor that we know of. */
const ticksASecond = 100;

/** What this process and those that it started have taken of processors so far, in milliseconds. Other programs of the machine do not count. */
export async function processorTime(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + (await ofEnded()) + (await ofRunning());
}

/** Children that ended and were waited for: `cutime` and `cstime` of proc(5). */
const ofEnded = async (): Promise<number> => timesOf(await readFile('/proc/self/stat', 'utf8'), 13);

async function ofRunning(): Promise<number> {
  let sum = 0;
  for (const task of await readdir('/proc/self/task')) {
    const children = await readFile(`/proc/self/task/${task}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter((pid) => pid !== '')) {
      // One that ends at this moment has been waited for the next time.
      sum += timesOf(await readFile(`/proc/${child}/stat`, 'utf8').catch(() => ''), 11);
    }
  }
  return sum;
}

/** Two numbers of a stat line, counted from behind the name of the program, which may have spaces in it. */
function timesOf(stat: string, at: number): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[at] ?? 0) + Number(fields[at + 1] ?? 0)) * 1000) / ticksASecond;
}
