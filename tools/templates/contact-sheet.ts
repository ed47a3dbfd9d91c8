import sharp from 'sharp';
import type { Picture } from '../../functions/kernel/drawing/canvas.ts';

const gap = 20;
const paper = '#d8d8d8';
/** Of a sheet: as wide as a page shows without scrolling, with room to see the captions. */
const sheetWidth = 1640;

export interface SheetOptions {
  /** All cells in a row have this height, in pixels, and their own widths. */
  readonly rowHeight: number;
}

/** A PNG of pictures in rows, in their order, each scaled to the row's height. */
export async function contactSheet(
  pictures: readonly Picture[],
  { rowHeight }: SheetOptions,
): Promise<Buffer> {
  const rows: { readonly width: number; readonly picture: Picture }[][] = [[]];
  let used = gap;
  for (const picture of pictures) {
    const width = Math.round((picture.width * rowHeight) / picture.height);
    if (used + width + gap > sheetWidth && used > gap) {
      rows.push([]);
      used = gap;
    }
    rows.at(-1)?.push({ width, picture });
    used += width + gap;
  }
  const placed: { input: Buffer; left: number; top: number }[] = [];
  for (const [index, row] of rows.entries()) {
    const inked = row.reduce((sum, { width }) => sum + width, (row.length - 1) * gap);
    let left = Math.max(gap, Math.round((sheetWidth - inked) / 2));
    for (const { width, picture } of row) {
      placed.push({
        input: await cell(picture, width, rowHeight),
        left,
        top: gap + index * (rowHeight + gap),
      });
      left += width + gap;
    }
  }
  const height = gap + rows.length * (rowHeight + gap);
  return await sharp({ create: { width: sheetWidth, height, channels: 3, background: paper } })
    .composite(placed)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function cell(
  { data, width, height, channels }: Picture,
  toWidth: number,
  toHeight: number,
): Promise<Buffer> {
  return await sharp(data, { raw: { width, height, channels } })
    .resize(toWidth, toHeight, { fit: 'fill' })
    .png()
    .toBuffer();
}

/** Up to `count` frames of an animation, evenly over its length and never the same twice. */
export function momentsOf<T>(frames: readonly T[], count: number): T[] {
  return frames.length <= count
    ? [...frames]
    : Array.from({ length: count }, (_, index) => Math.floor((index * frames.length) / count)).flatMap(
        (index) => frames.slice(index, index + 1),
      );
}
