import type { EditResult } from '../../../../functions/contracts/edit.ts';
import type { StudioFormat } from '../../../../functions/contracts/recipe.ts';
import { inBytes } from '../../photo/in-bytes.ts';

const names: Readonly<Record<StudioFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  mp4: 'MP4',
  webm: 'WebM',
};

/** What a result is, for people: `GIF`, `480 × 360`, `1.2 MB`, `24 frames in 2.4 s`. */
export function resultFacts({ format, width, height, bytes, frames, durationMs }: EditResult): string[] {
  const facts = [names[format], `${width} × ${height}`, inBytes(bytes)];
  return durationMs === 0
    ? facts
    : [...facts, `${frames} frames in ${Number((durationMs / 1000).toFixed(2))} s`];
}

/** What was done otherwise than asked for, in the words of who sees controls. */
export function resultNotes({ notes, chosen }: EditResult): string[] {
  const said = notes.map((note) =>
    note
      .replace(
        /: (\w+) is made no larger unless output\.width asks for it\.$/u,
        ', the usual size. Choose a width for another.',
      )
      .replace(/ output\.background sets another colour\.$/u, ' Choose a background for another colour.'),
  );
  if (chosen === undefined) {
    return said;
  }
  const { quality, width, height, frameRate } = chosen;
  const rate = frameRate === undefined ? '' : `, ${frameRate} frames a second`;
  return [...said, `To fit, it has ${width} × ${height}, quality ${quality}${rate}.`];
}
