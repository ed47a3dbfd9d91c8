import { readdir, readFile } from 'node:fs/promises';
import { readStudio } from './open-studio.ts';

// Run as a process of its own: makes one recipe, as a fresh execution environment would, and prints the most memory that it and the processes it started had
// together, in bytes.
const [library = '', recipe = '', file = ''] = process.argv.slice(2);
const studio = await readStudio(library);
const sent = new Uint8Array(await readFile(file));
let peak = 0;
let measured = measure();
const timer = setInterval(() => {
  measured = Promise.all([measured, measure()]).then(() => undefined);
}, 40);
await studio.make(JSON.parse(recipe), sent);
clearInterval(timer);
await measured;
process.stdout.write(String(peak));

async function measure(): Promise<void> {
  const all = await Promise.all([process.pid, ...(await children())].map(bytesOf));
  peak = Math.max(
    peak,
    all.reduce((sum, bytes) => sum + bytes, 0),
  );
}

async function children(): Promise<number[]> {
  const threads = await readdir('/proc/self/task');
  // A thread may end between the two.
  const lists = await Promise.allSettled(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, 'utf8')),
  );
  return lists.flatMap((list) =>
    list.status === 'fulfilled' ? list.value.split(' ').filter(Boolean).map(Number) : [],
  );
}

/** What a process has, and its part of what it shares with others, such as the program itself. */
async function bytesOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/mu.exec(rollup)?.[1]) * 1024;
}
