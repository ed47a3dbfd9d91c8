import sharp from 'sharp';
import type { PublishedCampaign } from '../../functions/contracts/campaign.ts';
import { graphemes } from '../../functions/kernel/drawing/graphemes.ts';
import type { RenderedPicture } from '../../functions/personalise/domain/ports.ts';
import type { Compilation } from './compile-campaign.ts';
import { exampleSlots, renderCompilation } from './render-compilation.ts';

/** Every picture is shown with about this many pixels, whatever its shape; none is enlarged. */
const cellPixels = 700 * 700;
const gap = 24;
const paper = '#d8d8d8';

interface Cell {
  readonly input: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A PNG of every variant (down) with the example, the shortest and the longest texts that people may write (across), and all with the preview photo. */
export async function contactSheet(compilation: Compilation): Promise<Buffer> {
  const { slots } = compilation.published;
  const texts = [exampleSlots(compilation), filled(slots, shortest), filled(slots, longest)];
  const rows: Cell[][] = [];
  for (const text of texts) {
    for (const [index, picture] of (await renderCompilation(compilation, text)).entries()) {
      (rows[index] ??= []).push(await toCell(picture));
    }
  }
  let top = gap;
  const placed = rows.flatMap((row) => {
    let left = gap;
    const cells = row.map(({ input, width }) => {
      const cell = { input, left, top };
      left += width + gap;
      return cell;
    });
    top += Math.max(...row.map(({ height }) => height)) + gap;
    return cells;
  });
  const rowWidths = rows.map((row) => row.reduce((sum, { width }) => sum + width + gap, gap));
  return await sharp({
    create: { width: Math.max(...rowWidths), height: top, channels: 3, background: paper },
  })
    .composite(placed)
    .png()
    .toBuffer();
}

async function toCell({ bytes, width, height }: RenderedPicture): Promise<Cell> {
  const scale = Math.min(1, Math.sqrt(cellPixels / (width * height)));
  const { data, info } = await sharp(bytes)
    .resize(Math.round(width * scale), Math.round(height * scale))
    .png()
    .toBuffer({ resolveWithObject: true });
  return { input: data, width: info.width, height: info.height };
}

type PublishedSlot = PublishedCampaign['slots'][number];

function filled(
  slots: readonly PublishedSlot[],
  text: (slot: PublishedSlot) => string,
): Record<string, string> {
  return Object.fromEntries(slots.map((slot) => [slot.id, text(slot)]));
}

/** One letter, or nothing where people need not write anything. */
function shortest({ required, example }: PublishedSlot): string {
  return required ? (graphemes(example)[0] ?? '') : '';
}

/** The example's words over and over, as long as may be. */
function longest({ example, maxLength }: PublishedSlot): string {
  const words = graphemes(`${example} `);
  return Array.from({ length: maxLength }, (_, index) => words[index % words.length])
    .join('')
    .trim();
}
