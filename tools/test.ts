import { check, run } from './check.ts';

/** `npm test`: the checks, then all tests. Arguments go to vitest (`npm test -- kernel`). The tests' closing line comes last. */
const failed = await check();
if (failed.length > 0) {
  process.stdout.write(`check: failed: ${failed.join('; ')}\n`);
}
const isGreen = await run('vitest', ['run', ...process.argv.slice(2)]);
process.exitCode = isGreen && failed.length === 0 ? 0 : 1;
