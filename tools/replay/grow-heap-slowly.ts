import { setFlagsFromString } from 'node:v8';

const percent = 75;

/**
 * Lets this process's heap grow to less than twice what is alive before everything in it is looked through again, in place of up to four times. What a replay holds is
 * small, and what it has done with is a lot: this way a million events need no more memory than a hundred thousand.
 */
export const growHeapSlowly = (): void => setFlagsFromString(`--heap-growing-percent=${percent}`);
