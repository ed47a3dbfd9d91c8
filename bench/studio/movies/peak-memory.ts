import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { captionClip } from './caption-clip.ts';

// Run as a process of its own: captions a clip once, as a fresh execution environment would, and prints the most memory that it and the processes it started had
// together, in bytes.
const [clip = '', caption = ''] = process.argv.slice(2);
const { data, info } = await sharp(caption).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
let peak = 0;
const timer = setInterval(() => void measure(), 40);
await captionClip(new Uint8Array(await readFile(clip)), {
  data,
  width: info.width,
  height: info.height,
  channels: 4,
});
clearInterval(timer);
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
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, 'utf8')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** What a process has, and its part of what it shares with others, such as the program itself. */
async function bytesOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB$/mu.exec(rollup)?.[1]) * 1024;
}
