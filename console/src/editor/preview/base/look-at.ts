import type { Picture } from '../../../../../functions/kernel/drawing/canvas.ts';
import type { PlannedLook } from '../../../../../functions/studio/domain/plan.ts';
import type { LooksAnswer, LooksWork } from './looks-work.ts';

interface Waiting {
  readonly done: (picture: Picture) => void;
  readonly failed: (error: Error) => void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let asked = 0;

/** A picture through looks, in a thread of its own: the page stays quick while a large picture is blurred. */
export async function lookAt(picture: Picture, looks: readonly PlannedLook[]): Promise<Picture> {
  worker ??= startWorker();
  asked += 1;
  const work: LooksWork = { id: asked, picture, looks };
  const looked = new Promise<Picture>((done, failed) => {
    waiting.set(work.id, { done, failed });
  });
  worker.postMessage(work, [picture.data.buffer]);
  return await looked;
}

function startWorker(): Worker {
  const started = new Worker(new URL('looks-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<LooksAnswer>) => {
    const one = waiting.get(data.id);
    waiting.delete(data.id);
    if ('picture' in data) {
      one?.done(data.picture);
    } else {
      one?.failed(new Error(data.reason));
    }
  });
  started.addEventListener('error', () => {
    // It did not start, or is no more: who waits hears of it, and the next picture gets another.
    worker = undefined;
    for (const { failed } of waiting.values()) {
      failed(new Error('Looks cannot be drawn: their thread ended'));
    }
    waiting.clear();
  });
  return started;
}
