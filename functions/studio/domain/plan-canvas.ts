import type { Recipe } from '../../contracts/recipe.ts';
import { formats } from './formats.ts';
import { pixels } from './in-words.ts';
import type { PixelSize } from './plan.ts';
import type { Refusals } from './refusals.ts';

const mostSide = 4096;
/** H.264 and VP8 work in blocks of 16. */
const leastMovieSide = 16;

/**
 * How large the result is.
 *
 * @param natural the picture after the recipe's geometry
 * @param notes takes what was done otherwise than asked for
 */
export function planCanvas(
  natural: PixelSize,
  { output }: Recipe,
  isMoving: boolean,
  refusals: Refusals,
  notes: string[],
): PixelSize {
  const traits = formats[output.format];
  const usual = isMoving ? traits.usualMovingSide : traits.usualSide;
  const factor =
    output.width === undefined
      ? Math.min(1, usual / Math.max(natural.width, natural.height))
      : output.width / natural.width;
  const side = (length: number): number =>
    Math.max(traits.sideStep, Math.round((length * factor) / traits.sideStep) * traits.sideStep);
  const canvas = { width: side(natural.width), height: side(natural.height) };
  if (canvas.width > mostSide || canvas.height > mostSide) {
    refusals.add(
      output.width === undefined ? '/geometry' : '/output/width',
      `The result would be ${pixels(canvas)}; ${mostSide} is the most a side may have.`,
    );
  }
  if (traits.kind === 'movie' && Math.min(canvas.width, canvas.height) < leastMovieSide) {
    refusals.add(
      output.width === undefined ? '/geometry' : '/output/width',
      `The movie would be ${pixels(canvas)}; ${leastMovieSide} is the least a side may have.`,
    );
  }
  if (output.width === undefined && factor < 1) {
    notes.push(
      `It was ${pixels(natural)} and became ${pixels(canvas)}: ${output.format} is made no larger unless output.width asks for it.`,
    );
  } else if (output.width !== undefined && output.width !== canvas.width) {
    notes.push(`A movie has even sides: ${output.width} pixels became ${canvas.width}.`);
  }
  return canvas;
}
