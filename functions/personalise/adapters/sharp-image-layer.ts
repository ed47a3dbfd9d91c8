import sharp from 'sharp';
import type { Picture } from '../../kernel/drawing/canvas.ts';
import { withoutNeedlessAlpha } from '../../kernel/drawing/channels.ts';
import type { Size } from '../../kernel/drawing/crop.ts';
import type { Mask } from '../../kernel/drawing/outline.ts';

/** A campaign's image, stretched to `size`: three channels when nothing of it is transparent. */
export async function decodeImage(bytes: Uint8Array, size: Size, opacity: number): Promise<Picture> {
  const { data, info } = await sharp(bytes, { failOn: 'error', pages: 1 })
    .toColourspace('srgb')
    .ensureAlpha()
    .resize(size.width, size.height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) {
    throw new Error(`An image was decoded to ${info.channels} channels`);
  }
  const { width, height } = info;
  if (opacity < 1) {
    for (let at = 3; at < data.length; at += 4) {
      data[at] = Math.round((data[at] ?? 0) * opacity);
    }
  }
  return withoutNeedlessAlpha({ data, width, height, channels: 4 });
}

/** A mask from a picture: its alpha, or its lightness when it has none; stretched to `size`. */
export async function decodeMask(bytes: Uint8Array, size: Size): Promise<Mask> {
  const { hasAlpha } = await sharp(bytes).metadata();
  const source = sharp(bytes, { failOn: 'error', pages: 1 });
  const channel = hasAlpha ? source.extractChannel('alpha') : source.toColourspace('b-w').extractChannel(0);
  const { data, info } = await sharp(await channel.png().toBuffer())
    .toColourspace('b-w')
    .resize(size.width, size.height, { fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
