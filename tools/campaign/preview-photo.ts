import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { rasterise } from './image-file.ts';

/** As wide as a variant usually is: its soft shadows take three times the time at one and a half times the size. */
const size = { width: 1080, height: 1350 };
let photo: Promise<Buffer> | undefined;

/** The photo for previews of campaigns that bring none: a drawn portrait of nobody, as a JPEG. */
export function neutralPreviewPhoto(): Promise<Buffer> {
  photo ??= draw();
  return photo;
}

async function draw(): Promise<Buffer> {
  const svg = await readFile(path.join(import.meta.dirname, 'preview-photo.svg'));
  const { data, ...raw } = await rasterise(svg, size);
  return await sharp(data, { raw }).jpeg({ quality: 92 }).toBuffer();
}

/** A campaign's own photo for previews, as a file that the picture maker reads: SVG is drawn first. */
export async function previewPhotoOf(given: Uint8Array | undefined): Promise<Uint8Array> {
  if (given === undefined) {
    return await neutralPreviewPhoto();
  }
  if (!new TextDecoder().decode(given.subarray(0, 1024)).includes('<svg')) {
    return given;
  }
  const { data, ...raw } = await rasterise(given, size);
  return await sharp(data, { raw }).jpeg({ quality: 92 }).toBuffer();
}
