import { PermanentError } from '../errors.ts';
import { graphemes } from './graphemes.ts';
import { breakAnywhere, breakText, joinPieces, type Piece } from './break-text.ts';

/** What the text must fit. Lengths in pixels; `lineHeight` in ems. */
export interface TextRules {
  readonly width: number;
  readonly height: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly maxLines: number;
  readonly lineHeight: number;
}

export interface FittedText {
  readonly lines: readonly string[];
  /** In pixels to the em. */
  readonly size: number;
}

/** How far each line advances at `size`, in pixels: what the text engine says. Nearly, but not quite, in proportion to the size. */
export type MeasureLines = (lines: readonly string[], size: number) => Promise<readonly number[]>;

/** Sizes are multiples of this, so that the eye sees no difference and drawings can be reused. */
const sizeStep = 0.25;
/** The size of the first look: small enough to cost little, large enough that rounding to whole pixels does not mislead. */
const referenceSize = 48;
/** The text engine's drawings have a greatest width, about half as much again; a character is seldom wider than an em and a half. */
const widestDrawing = 20_000;
const widestCharacter = 1.5;
/** What proportion may promise too much by; measured and corrected before anything is accepted. */
const tolerance = 0.03;
const maxCorrections = 8;
/** Characters of a text that a refusal quotes. */
const mostQuoted = 60;

interface Plan extends FittedText {
  /** The largest size at which this should fit. */
  readonly size: number;
}

/**
 * The largest size between the bounds at which `text`, wrapped into at most `maxLines` lines of even width, fits, and those lines. Where the text itself begins
 * a new line (`\n`), one begins, also beyond `maxLines`. Prefers a
 * larger size to fewer lines and fewer lines to more. Looks at every piece of the text once, small; then measures only what it is about to
 * answer, so that what it answers has been seen to fit. Throws PermanentError('text-does-not-fit').
 */
export async function fitText(text: string, rules: TextRules, measure: MeasureLines): Promise<FittedText> {
  const paragraphs = text.split('\n').filter((line) => line.trim() !== '');
  const whole = await tryPlans(paragraphs.map(breakText), rules, measure);
  // A name of one long word is better broken than refused.
  const fitted =
    whole ?? (rules.maxLines > 1 ? await tryPlans(paragraphs.map(breakAnywhere), rules, measure) : undefined);
  if (fitted !== undefined) {
    return fitted;
  }
  throw new PermanentError(
    'text-does-not-fit',
    `“${beginningOf(text)}” does not fit in the picture, even at the smallest size. Send a shorter text.`,
  );
}

/** As much of a text as a sentence can hold. */
function beginningOf(text: string): string {
  const characters = graphemes(text);
  return characters.length <= mostQuoted ? text : `${characters.slice(0, mostQuoted).join('')}…`;
}

/** The first plan that turns out to fit. Seldom more than one is tried: a plan may promise a little too much only near the smallest size. */
async function tryPlans(
  paragraphs: readonly (readonly Piece[])[],
  rules: TextRules,
  measure: MeasureLines,
): Promise<FittedText | undefined> {
  for (const plan of await makePlans(paragraphs, rules, measure)) {
    const fitted = await correct(plan, rules, measure);
    if (fitted !== undefined) {
      return fitted;
    }
  }
  return undefined;
}

/** What should fit, the largest size first and of equal sizes the fewest lines. */
async function makePlans(
  paragraphs: readonly (readonly Piece[])[],
  rules: TextRules,
  measure: MeasureLines,
): Promise<Plan[]> {
  const whole = paragraphs.map(joinPieces);
  const longest = Math.max(...whole.map((line) => line.length));
  const reference = Math.min(referenceSize, rules.maxSize, widestDrawing / (longest * widestCharacter));
  const looksAtPieces = rules.maxLines > whole.length && paragraphs.some((pieces) => pieces.length > 1);
  const texts = looksAtPieces ? paragraphs.flatMap((pieces) => pieces.map((piece) => piece.text)) : [];
  const measured = await measure([...whole, ...texts], reference);
  const widths = measured.slice(whole.length);
  const wraps = paragraphs.map((pieces, index): Wrap => {
    const own = widths.splice(0, looksAtPieces ? pieces.length : 0);
    const width = measured[index] ?? 0;
    return { pieces, widths: own, space: spaceIn(pieces, width, own), lines: [whole[index] ?? ''], width };
  });
  const plans: Plan[] = [];
  for (let count = whole.length; count <= Math.max(rules.maxLines, whole.length); count += 1) {
    const widest = Math.max(...wraps.map(({ width }) => width));
    const size = largestSize(widest / reference, count, rules);
    if (size !== undefined) {
      plans.push({ lines: wraps.flatMap(({ lines }) => lines), size });
    }
    // One line more helps only where the longest one is.
    const at = wraps.findIndex((wrap) => wrap.width === widest);
    const wrap = wraps[at];
    if (wrap === undefined || wrap.lines.length >= wrap.widths.length) {
      break;
    }
    wraps[at] = {
      ...wrap,
      ...wrapEvenly(wrap.pieces, wrap.widths, wrap.space, wrap.lines.length + 1),
    };
  }
  return plans.toSorted((one, other) => other.size - one.size);
}

/** How a paragraph is wrapped so far. Lengths in pixels. */
interface Wrap {
  readonly pieces: readonly Piece[];
  readonly widths: readonly number[];
  readonly space: number;
  readonly lines: readonly string[];
  /** Of its longest line. */
  readonly width: number;
}

/** How wide the spaces of a line are, which is as wide as its pieces and them. */
function spaceIn(pieces: readonly Piece[], whole: number, widths: readonly number[]): number {
  const spaces = pieces.filter(({ spaced }) => spaced).length;
  const inPieces = widths.reduce((sum, width) => sum + width, 0);
  return spaces === 0 ? 0 : Math.max(0, (whole - inPieces) / spaces);
}

/** The largest size at which lines of this width (in ems) should fit, or undefined when that is clearly under the smallest allowed. */
function largestSize(ems: number, lineCount: number, rules: TextRules): number | undefined {
  const forHeight = rules.height / (lineCount * rules.lineHeight);
  if (forHeight < rules.minSize) {
    return undefined;
  }
  const forWidth = ems > 0 ? rules.width / ems : Infinity;
  const size = Math.min(rules.maxSize, forHeight, forWidth);
  return size < rules.minSize * (1 - tolerance) ? undefined : stepDown(size, rules);
}

function stepDown(size: number, { minSize }: TextRules): number {
  return Math.max(minSize, Math.floor(size / sizeStep) * sizeStep);
}

/** Measures the plan at its size and makes it smaller until it fits; undefined when it does not at the smallest size. */
async function correct(
  { lines, size: planned }: Plan,
  rules: TextRules,
  measure: MeasureLines,
): Promise<FittedText | undefined> {
  let size = planned;
  for (let correction = 0; correction < maxCorrections; correction += 1) {
    const widest = Math.max(...(await measure(lines, size)));
    if (widest <= rules.width) {
      return { lines, size };
    }
    if (size <= rules.minSize) {
      return undefined;
    }
    const lastChance = correction === maxCorrections - 2;
    size = lastChance
      ? rules.minSize
      : stepDown(Math.min((size * rules.width) / widest, size - sizeStep), rules);
  }
  return undefined;
}

/** The wrapping into exactly `count` lines whose longest line is shortest; of those, the one with the longest lines first. */
function wrapEvenly(
  pieces: readonly Piece[],
  widths: readonly number[],
  space: number,
  count: number,
): { lines: string[]; width: number } {
  /** `ends[i]`: where the piece ends when everything is on one line. */
  const ends: number[] = [];
  const starts: number[] = [];
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    at += piece.spaced ? space : 0;
    starts.push(at);
    at += widths[index] ?? 0;
    ends.push(at);
  }
  const widthOf = (first: number, last: number): number => (ends[last] ?? 0) - (starts[first] ?? 0);
  // best[last] for the lines so far: the shortest possible longest line over pieces 0…last, and where its last line begins.
  let best = pieces.map((_, last) => ({ width: widthOf(0, last), begins: [0] }));
  for (let lineCount = 2; lineCount <= count; lineCount += 1) {
    const before = best;
    best = pieces.map((_, last) => {
      let found = { width: Infinity, begins: [0] };
      for (let first = last; first >= lineCount - 1; first -= 1) {
        const rest = before[first - 1];
        const lastLine = widthOf(first, last);
        if (lastLine >= found.width) {
          // Still longer last lines cannot be better.
          break;
        }
        const width = Math.max(rest?.width ?? Infinity, lastLine);
        if (rest !== undefined && width < found.width) {
          found = { width, begins: [...rest.begins, first] };
        }
      }
      return found;
    });
  }
  const { width, begins } = best.at(-1) ?? { width: 0, begins: [0] };
  const lines = begins.map((first, index) => joinPieces(pieces.slice(first, begins[index + 1])));
  return { lines, width };
}
