import { defineConfig } from 'vitest/config';

/** Tests that start the whole stage or a browser: each uses every core by itself. */
const flows = ['test/local/*.test.ts', 'test/local/{aws,stage}/**/*.test.ts', 'test/console/**/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    reporters: ['default', './test/closing-line-reporter.ts'],
    testTimeout: 30_000,
    hookTimeout: 180_000,
    // Of tests in one file that wait side by side, each for a stage of its own.
    maxConcurrency: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/**/*.test.ts'],
          exclude: flows,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // One file at a time: on two cores, two stages would starve each other into time-outs.
        test: { name: 'flows', include: flows, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
