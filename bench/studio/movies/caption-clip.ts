import { drawPicture, type Picture } from '../../../functions/kernel/drawing/canvas.ts';
import { createMovieEncoder } from '../../../functions/studio/adapters/movies/create-movie-encoder.ts';
import { openMovieFrames } from '../../../functions/studio/adapters/movies/open-movie-frames.ts';
import { probeMovie } from '../../../functions/studio/adapters/movies/probe-movie.ts';

/** The way of a clip through the studio: probed, decoded, a caption on every frame, encoded. */
export async function captionClip(clip: Uint8Array, caption: Picture): Promise<Uint8Array> {
  const { delaysMs, width, height } = await probeMovie(clip);
  const reader = await openMovieFrames(clip);
  const encoder = await createMovieEncoder({ format: 'mp4', width, height, quality: 80 });
  try {
    let atMs = 0;
    for await (const { index, pixels } of reader.frames([...delaysMs.keys()])) {
      const delay = delaysMs[index] ?? 0;
      drawPicture({ data: pixels, width, height, channels: 4 }, caption, { left: 0, top: 0 });
      await encoder.add(pixels, atMs, delay);
      atMs += delay;
    }
    return await encoder.finish();
  } finally {
    await reader.close();
    await encoder.close();
  }
}
