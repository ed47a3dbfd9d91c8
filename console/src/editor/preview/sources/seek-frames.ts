import { PermanentError } from '../../../../../functions/kernel/errors.ts';
import { inTurn } from './in-turn.ts';
import type { AnimationFrames } from './native-frames.ts';

/** Seeking to where a frame begins may show the one before: so far into it. */
const insideShare = 0.5;

/**
 * Frames of a clip by seeking in a player, for browsers that decode clips in no other way. Slower, and now and then a frame off.
 * @param starts when frames are shown, in seconds
 */
export async function seekFrames(file: Blob, starts: readonly number[]): Promise<AnimationFrames> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  const close = (): void => {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  };
  try {
    await settled(video, 'loadeddata', () => {
      video.src = url;
    });
  } catch (error) {
    close();
    throw error;
  }
  const show = async (index: number): Promise<ImageBitmap> => {
    const start = starts[index] ?? 0;
    const end = starts[index + 1] ?? video.duration;
    const wanted = Math.max(0, start + (end - start) * insideShare);
    if (Math.abs(video.currentTime - wanted) > 1e-4) {
      await settled(video, 'seeked', () => {
        video.currentTime = wanted;
      });
    }
    return await createImageBitmap(video);
  };
  return {
    // There is one player.
    frame: inTurn(show),
    close,
  };
}

/** Resolves with the event that `act` leads to. */
async function settled(
  video: HTMLVideoElement,
  event: 'loadeddata' | 'seeked',
  act: () => void,
): Promise<void> {
  const over = new AbortController();
  try {
    await new Promise<void>((done, failed) => {
      const { signal } = over;
      video.addEventListener(event, () => done(), { signal });
      video.addEventListener(
        'error',
        () => {
          failed(
            new PermanentError(
              'damaged-source',
              'This browser cannot show the clip. Choose another one, or another browser.',
              {
                cause: video.error,
              },
            ),
          );
        },
        { signal },
      );
      act();
    });
  } finally {
    over.abort();
  }
}
