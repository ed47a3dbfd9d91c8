import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const module = path.join(import.meta.dirname, '../../../functions/kernel/count-buffers-as-heap.ts');

/** Keeps 400 MB of buffers and prints how often the whole heap was looked through meanwhile. */
const script = `
  import { PerformanceObserver, constants } from 'node:perf_hooks';
  import { setImmediate as turn } from 'node:timers/promises';
  import { countBuffersAsHeap } from ${JSON.stringify(module)};
  if (process.env.COUNTED === 'yes') countBuffersAsHeap();
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    count += list.getEntries().filter(({ detail }) => detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR).length;
  });
  observer.observe({ entryTypes: ['gc'] });
  const kept = [];
  while (kept.length < 200) {
    kept.push(Buffer.allocUnsafeSlow(2e6));
    await turn();
  }
  await turn();
  process.stdout.write(String(count));
`;

async function collections(counted: 'yes' | 'no'): Promise<number> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { env: { ...process.env, COUNTED: counted } },
  );
  expect(stderr).toBe('');
  return Number(stdout);
}

it('buffers that are kept do not let V8 look through the heap again and again', async () => {
  const [counted, uncounted] = await Promise.all([collections('yes'), collections('no')]);
  expect(counted).toBeLessThan(uncounted);
});
