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
  const size = ({ encoded }: Try<Encoded>): number => Math.log(Math.max(1, encoded.byteLength));
  const tooLarge = tries
    .filter(({ saved, encoded }) => encoded.byteLength > maxBytes && saved < (best?.saved ?? Infinity))
    .toSorted((a, b) => b.saved - a.saved);
  const [nearest, farther] = tooLarge;
  if (nearest === undefined) {
    return best === undefined ? 0 : Math.max(0, best.saved - (target - size(best)));
  }
  if (best === undefined) {
    // Bytes saved for each step of what was given away; 1 is what is expected.
    const slope =
      farther === undefined ? 1 : (size(farther) - size(nearest)) / (nearest.saved - farther.saved);
    return Math.min(
      end,
      nearest.saved + ((size(nearest) - target) * 1.1) / Math.min(2, Math.max(0.25, slope)),
    );
  }
  const width = best.saved - nearest.saved;
  const share = (size(nearest) - target) / Math.max(1e-9, size(nearest) - size(best));
  return nearest.saved + width * Math.min(0.9, Math.max(0.1, share));
}

const sameSettings = (a: FitSettings, b: FitSettings): boolean =>
  a.quality === b.quality && a.width === b.width && a.frameRate === b.frameRate;

function refuse(tries: readonly Try<{ readonly byteLength: number }>[], maxBytes: number): never {
  const smallest = Math.min(...tries.map(({ encoded }) => encoded.byteLength));
  const detail = `The smallest that can be made of it has ${smallest} bytes, and maxBytes is ${maxBytes}: allow more, make it shorter, or ask for another format.`;
  throw new HttpProblem(422, 'too-few-bytes', detail, { errors: [{ pointer: '/output/maxBytes', detail }] });
}
