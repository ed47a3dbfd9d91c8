import sharp from 'sharp';
import type { OutputFormat } from '../../contracts/picture-type.ts';
import type { Picture } from '../drawing/canvas.ts';

/** From here on, colour edges (text) matter more than bytes. */
const fullChromaQuality = 90;

export interface StillFormat {
  readonly format: OutputFormat;
  /** 1 to 100; ignored for PNG. */
  readonly quality: number;
}

/** The picture in this format: sRGB, without metadata. The encoders' efforts are those after which time grows faster than bytes shrink. */
export async function encodeStill(picture: Picture, { format, quality }: StillFormat): Promise<Buffer> {
  const { data, ...raw } = picture;
  const image = sharp(data, { raw });
  switch (format) {
    case 'jpeg':
      return image
        .jpeg({ quality, chromaSubsampling: quality >= fullChromaQuality ? '4:4:4' : '4:2:0' })
        .toBuffer();
    case 'png':
      return image.png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer();
    case 'webp':
      return image.webp({ quality, effort: 2 }).toBuffer();
    case 'avif':
      return image.avif({ quality, effort: 2 }).toBuffer();
  }
}
