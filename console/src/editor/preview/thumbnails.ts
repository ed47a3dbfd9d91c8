import type { FramePainter } from './frame-painter.ts';
import type { Thumbnail } from './preview.ts';

/** Small pictures, spread evenly over what is shown, without captions and overlays. */
export async function thumbnailsOf(
  painter: FramePainter,
  count: number,
  height: number,
): Promise<Thumbnail[]> {
  const { canvas, durationMs } = painter.plan;
  const width = Math.max(1, Math.round((canvas.width * height) / canvas.height));
  const thumbnails: Thumbnail[] = [];
  for (let index = 0; index < count; index += 1) {
    const frame = painter.frameAt(((index + 0.5) * durationMs) / count);
    if (frame !== undefined) {
      thumbnails.push({
        atMs: (index * durationMs) / count,
        picture: await createImageBitmap(await painter.base(frame), {
          resizeWidth: width,
          resizeHeight: height,
          resizeQuality: 'medium',
        }),
      });
    }
  }
  return thumbnails;
}
