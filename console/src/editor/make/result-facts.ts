import type { EditResult } from '../../../../functions/contracts/edit.ts';
import { inBytes } from '../../photo/in-bytes.ts';
import { formatNames, noteInWords } from './note-in-words.ts';

/** What a result is, for people: `GIF`, `480 × 360`, `1.2 MB`, `24 frames in 2.4 s`. */
export function resultFacts({ format, width, height, bytes, frames, durationMs }: EditResult): string[] {
  const facts = [formatNames[format], `${width} × ${height}`, inBytes(bytes)];
  return durationMs === 0
    ? facts
    : [...facts, `${frames} frames in ${Number((durationMs / 1000).toFixed(2))} s`];
}

/** What was done otherwise than asked for, in the words of who sees controls. */
export function resultNotes({ notes, chosen, format }: EditResult): string[] {
  const said = notes.map(noteInWords);
  if (chosen === undefined) {
    return said;
  }
  const { quality, width, height, frameRate } = chosen;
  const rate = frameRate === undefined ? '' : `, ${frameRate} frames a second`;
  // PNG has no quality: nothing of it is given away but its size.
  const given = format === 'png' ? '' : `, quality ${quality}`;
  return [...said, `To fit, it has ${width} × ${height}${given}${rate}.`];
}
