import { HttpProblem } from '../../kernel/http-problem.ts';
import { farthest, settingsAfter, type FitRange, type FitSettings } from './sacrifice.ts';

export interface Fitted<Encoded> {
  readonly settings: FitSettings;
  readonly encoded: Encoded;
  /** How often it was encoded, this one included. */
  readonly tries: number;
}

const mostTries = 6;
/** From this share of the limit on, a better one is not worth another try. */
const goodEnough = 0.93;
/** What is aimed at. */
const aim = 0.97;
/** An expectation is trusted when it is this many times over the limit: else what is wanted is tried as it is. */
const surelyTooLarge = 4;

interface Try<Encoded> {
  readonly saved: number;
  readonly settings: FitSettings;
  readonly encoded: Encoded;
}

/**
 * Finds the best result that is no larger than `maxBytes`, in six encodings at most: quality is given away first, then size, then frame rate.
 *
 * @param encode makes the result with other settings; its `byteLength` counts
 * @throws HttpProblem 422 `too-few-bytes` with the smallest possible, when even the floor of everything is larger
 */
export async function fitBytes<Encoded extends { readonly byteLength: number }>(
  range: FitRange,
  maxBytes: number,
  encode: (settings: FitSettings) => Promise<Encoded>,
): Promise<Fitted<Encoded>> {
  const end = farthest(range);
  const tries: Try<Encoded>[] = [];
  let next = firstGuess(range, maxBytes, end);
  for (;;) {
    const settings = settingsAfter(range, next);
    const encoded = await encode(settings);
    tries.push({ saved: next, settings, encoded });
    const best = bestOf(tries, maxBytes);
    const isOut = tries.length === mostTries;
    if (best === undefined && (isOut || next >= end)) {
      refuse(tries, maxBytes);
    }
    if (
      best !== undefined &&
      (isOut || best.saved === 0 || best.encoded.byteLength >= maxBytes * goodEnough)
    ) {
      return { settings: best.settings, encoded: best.encoded, tries: tries.length };
    }
    // The last try without a result goes to those who would rather have the least than nothing.
    const guess =
      best === undefined && tries.length === mostTries - 1 ? end : nextGuess(tries, best, maxBytes, end);
    const isKnown = tries.some((tried) => sameSettings(tried.settings, settingsAfter(range, guess)));
    if (best !== undefined && isKnown) {
      return { settings: best.settings, encoded: best.encoded, tries: tries.length };
    }
    next = isKnown ? end : guess;
  }
}

const firstGuess = ({ expectedBytes }: FitRange, maxBytes: number, end: number): number =>
  Math.min(end, Math.max(0, Math.log(expectedBytes / maxBytes / surelyTooLarge)));

const bestOf = <Encoded extends { readonly byteLength: number }>(
  tries: readonly Try<Encoded>[],
  maxBytes: number,
): Try<Encoded> | undefined =>
  tries
    .filter(({ encoded }) => encoded.byteLength <= maxBytes)
    .toSorted((a, b) => a.saved - b.saved)
    .at(0);

/** Between what is too large and what fits, by the line through their logarithms; or beyond the only side that is known. */
function nextGuess<Encoded extends { readonly byteLength: number }>(
  tries: readonly Try<Encoded>[],
  best: Try<Encoded> | undefined,
  maxBytes: number,
  end: number,
): number {
  const target = Math.log(maxBytes * aim);
  const tooLarge = tries
    .filter(({ saved, encoded }) => encoded.byteLength > maxBytes && saved < (best?.saved ?? Infinity))
    .toSorted((a, b) => b.saved - a.saved);
  const [nearest, farther] = tooLarge;
  if (best === undefined && nearest !== undefined) {
    return Math.min(end, nearest.saved + ((sizeOf(nearest) - target) * 1.1) / slopeBetween(farther, nearest));
  }
  if (best !== undefined && nearest === undefined) {
    const [smaller] = tries.filter(({ saved }) => saved > best.saved).toSorted((a, b) => a.saved - b.saved);
    return Math.max(0, best.saved - (target - sizeOf(best)) / slopeBetween(best, smaller));
  }
  if (best === undefined || nearest === undefined) {
    return 0;
  }
  const share = (sizeOf(nearest) - target) / Math.max(1e-9, sizeOf(nearest) - sizeOf(best));
  return nearest.saved + (best.saved - nearest.saved) * Math.min(0.9, Math.max(0.1, share));
}

const sizeOf = ({ encoded }: Try<{ readonly byteLength: number }>): number =>
  Math.log(Math.max(1, encoded.byteLength));

/** How the size falls with what is given away; 1, as expected, until two tries tell. */
function slopeBetween(
  large: Try<{ readonly byteLength: number }> | undefined,
  small: Try<{ readonly byteLength: number }> | undefined,
): number {
  const slope =
    large === undefined || small === undefined
      ? 1
      : (sizeOf(large) - sizeOf(small)) / (small.saved - large.saved);
  return Math.min(2, Math.max(0.25, slope));
}

const sameSettings = (a: FitSettings, b: FitSettings): boolean =>
  a.quality === b.quality && a.width === b.width && a.frameRate === b.frameRate;

function refuse(tries: readonly Try<{ readonly byteLength: number }>[], maxBytes: number): never {
  const smallest = Math.min(...tries.map(({ encoded }) => encoded.byteLength));
  const detail = `The smallest that can be made of it has ${smallest} bytes, and maxBytes is ${maxBytes}: allow more, make it shorter, or ask for another format.`;
  throw new HttpProblem(422, 'too-few-bytes', detail, { errors: [{ pointer: '/output/maxBytes', detail }] });
}
