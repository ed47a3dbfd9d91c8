import { applyLooks } from './apply-looks.ts';
import type { LooksAnswer, LooksWork } from './looks-work.ts';

self.addEventListener('message', ({ data }: MessageEvent<LooksWork>) => {
  const answer = async (): Promise<LooksAnswer> => {
    try {
      return { id: data.id, picture: await applyLooks(data.picture, data.looks) };
    } catch (error) {
      return { id: data.id, reason: String(error) };
    }
  };
  void answer().then((done) =>
    self.postMessage(done, { transfer: 'picture' in done ? [done.picture.data.buffer] : [] }),
  );
});
