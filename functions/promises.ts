import { consolePromise } from './console/promise.ts';
import type { PromiseDocument } from './contracts/promise.ts';
import { foundationPromise } from './foundation/promise.ts';
import { personalisePromise } from './personalise/promise.ts';

/** The promise document of every service. */
export const promiseDocuments: readonly PromiseDocument[] = [
  foundationPromise,
  personalisePromise,
  consolePromise,
];
