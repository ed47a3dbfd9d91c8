import type { Reporter, TestModule } from 'vitest/node';

/** Prints `N passed, N failed` alone on the last line. A module that could not be loaded, or an error outside tests, counts as a failure. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        passed += state === 'passed' ? 1 : 0;
        failed += state === 'failed' || state === 'pending' ? 1 : 0;
      }
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
