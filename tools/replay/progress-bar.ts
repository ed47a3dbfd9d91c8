import type { WriteStream } from 'node:tty';
import type { Replayed } from '../../functions/deployments/domain/replay.ts';

const width = 30;
/** Between two pictures of it, in milliseconds. */
const pauseMs = 100;

/** A bar on a terminal; elsewhere a line at its end only. */
export function createProgressBar(out: Pick<WriteStream, 'write' | 'isTTY'>, services: number) {
  const startMs = performance.now();
  let shownMs = -Infinity;
  let last: Replayed = { services: 0, records: 0 };
  const text = (): string => {
    const share = services === 0 ? 1 : last.services / services;
    const full = Math.round(share * width);
    const rate = Math.round((last.records / Math.max(1, performance.now() - startMs)) * 1000);
    return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${Math.floor(share * 100)} %  ${last.records} events, ${rate} a second`;
  };
  return {
    show: (done: Replayed): void => {
      last = done;
      if (out.isTTY && performance.now() - shownMs > pauseMs) {
        shownMs = performance.now();
        out.write(`\r${text()}\u001b[K`);
      }
    },
    end: (): void => {
      out.write(`${out.isTTY ? '\r\u001b[K' : ''}${text()}\n`);
    },
  };
}
