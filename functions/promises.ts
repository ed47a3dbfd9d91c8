import { consolePromise } from './console/promise.ts';
import type { PromiseDocument } from './contracts/promise.ts';
import { deploymentsPromise } from './deployments/promise.ts';
import { foundationPromise } from './foundation/promise.ts';
import { personalisePromise } from './personalise/promise.ts';
import { studioPromise } from './studio/promise.ts';

/** Every service, by name, with what it promises. Each has a folder here, a stack and a section of the runbook of the same name. */
export const services = {
  foundation: foundationPromise,
  personalise: personalisePromise,
  studio: studioPromise,
  deployments: deploymentsPromise,
  console: consolePromise,
} as const satisfies Record<string, PromiseDocument>;
export type ServiceName = keyof typeof services;

/** The promise document of every service. */
export const promiseDocuments: readonly PromiseDocument[] = Object.values(services);
