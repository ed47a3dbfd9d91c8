import sharp from 'sharp';
import type { PublishedCampaign } from '../../functions/contracts/campaign.ts';
import { graphemes } from '../../functions/personalise/domain/graphemes.ts';
import type { Compilation } from './compile-campaign.ts';
import { exampleSlots, renderCompilation } from './render-compilation.ts';

const cellHeight = 720;
const gap = 24;
const paper = '#d8d8d8';

/** A PNG of every variant (down) with the example, the shortest and the longest texts that people may write (across), and all with the preview photo. */
export async function contactSheet(compilation: Compilation): Promise<Buffer> {
  const { slots } = compilation.published;
  const texts = [exampleSlots(compilation), filled(slots, shortest), filled(slots, longest)];
  const rows: { input: Buffer; width: number }[][] = [];
  for (const text of texts) {
    for (const [index, { bytes }] of (await renderCompilation(compilation, text)).entries()) {
      const { data, info } = await sharp(bytes)
        .resize({ height: cellHeight })
        .png()
        .toBuffer({ resolveWithObject: true });
      (rows[index] ??= []).push({ input: data, width: info.width });
    }
  }
  const cells = rows.flatMap((row, rowIndex) => {
    let left = gap;
    return row.map(({ input, width }) => {
      const cell = { input, left, top: gap + rowIndex * (cellHeight + gap), right: left + width + gap };
      left = cell.right;
      return cell;
    });
  });
  return await sharp({
    create: {
      width: Math.max(...cells.map(({ right }) => right)),
      height: gap + rows.length * (cellHeight + gap),
      channels: 3,
      background: paper,
    },
  })
    .composite(cells.map(({ input, left, top }) => ({ input, left, top })))
    .png({ palette: false })
    .toBuffer();
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
