import { expect } from 'vitest';

/** Expects of what a page shows that it comes true within a quarter of a minute; pages and machines under test take their time. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 });
