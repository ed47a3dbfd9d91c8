import { setFlagsFromString } from 'node:v8';

/**
 * Lets buffers outside the heap count as what they are, memory in use: V8 looks through its heap when both together have grown by so much. Otherwise it does for
 * every 64 MB that were taken outside since it did last, however many are alive: photos and pictures make that every few jobs, in vain. For processes whose
 * large buffers are few or let go, since those that are forgotten wait longer.
 */
export const countBuffersAsHeap = (): void =>
  setFlagsFromString('--external-memory-accounted-in-global-limit');
