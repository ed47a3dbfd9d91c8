import { setFlagsFromString } from 'node:v8';
import { countBuffersAsHeap } from '../functions/kernel/count-buffers-as-heap.ts';

const percent = 300;

/**
 * Lets this process's heap grow to four times what is alive before everything in it is looked through again. The bodies of requests and answers lie outside the
 * heap, yet V8 counts them as garbage in it: at its own growth a stage under load spends a third of its time looking through a heap in which nothing is to be
 * freed but a few of them. The objects of S3, which stay, lie there too.
 */
export function growHeapFreely(): void {
  countBuffersAsHeap();
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
