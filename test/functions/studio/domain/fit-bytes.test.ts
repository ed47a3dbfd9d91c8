import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBytes } from '../../../../functions/studio/domain/fit-bytes.ts';
import {
  farthest,
  fitRange,
  settingsAfter,
  withSettings,
  type FitRange,
  type FitSettings,
} from '../../../../functions/studio/domain/sacrifice.ts';
import { animationOf, planOf, recipeOf, refusalsOf, uploadOf } from './recipes.ts';

const range: FitRange = {
  wanted: { quality: 80, width: 800, frameRate: undefined },
  floor: { quality: 25, width: 80, frameRate: 5 },
  ownFrameRate: 25,
  expectedBytes: 4_000_000,
};

/** An encoder whose files grow with quality, width and frame rate, each in its own way. */
interface Synthetic {
  readonly bytes: number;
  readonly perQuality: number;
  readonly widthPower: number;
  readonly ratePower: number;
}

const sizeOf = (encoder: Synthetic, { quality, width, frameRate }: FitSettings): number =>
  Math.max(
    1,
    Math.round(
      encoder.bytes *
        Math.exp((quality - 80) * encoder.perQuality) *
        (width / 800) ** encoder.widthPower *
        ((frameRate ?? 25) / 25) ** encoder.ratePower,
    ),
  );

const encoders = fc.record({
  bytes: fc.integer({ min: 50_000, max: 30_000_000 }),
  perQuality: fc.double({ min: 0.004, max: 0.045, noNaN: true }),
  widthPower: fc.double({ min: 1.1, max: 2.2, noNaN: true }),
  ratePower: fc.double({ min: 0.4, max: 1, noNaN: true }),
});

async function search(encoder: Synthetic, maxBytes: number, noise: () => number = () => 1) {
  const encoded: { settings: FitSettings; byteLength: number }[] = [];
  const outcome = await fitBytes(range, maxBytes, (settings) => {
    const made = { settings, byteLength: Math.round(sizeOf(encoder, settings) * noise()) };
    encoded.push(made);
    return Promise.resolve(made);
  }).catch((error: unknown) => {
    const [refusal = ''] = refusalsOf(() => {
      throw error;
    });
    return { refusal };
  });
  return { outcome, encoded };
}

describe('the search for a result that fits', () => {
  it('finds one in six encodings at most, near the limit, or tells the smallest possible', async () => {
    const shares: number[] = [];
    await fc.assert(
      fc.asyncProperty(encoders, fc.integer({ min: 1000, max: 10_000_000 }), async (encoder, maxBytes) => {
        const { outcome, encoded } = await search(encoder, maxBytes);
        expect(encoded.length).toBeLessThanOrEqual(6);
        if ('refusal' in outcome) {
          const smallest = sizeOf(encoder, settingsAfter(range, farthest(range)));
          expect(smallest).toBeGreaterThan(maxBytes);
          expect(outcome.refusal).toBe(
            `/output/maxBytes: The smallest that can be made of it has ${smallest} bytes, and maxBytes is ${maxBytes}: allow more, make it shorter, or ask for another format.`,
          );
          return;
        }
        expect(outcome.tries).toBe(encoded.length);
        expect(outcome.encoded.byteLength).toBeLessThanOrEqual(maxBytes);
        expect(encoded.map(({ settings }) => settings)).toContainEqual(outcome.settings);
        if (outcome.settings.quality < 80) {
          // No worse than it must be: what is wanted would not have fitted, or this is nearly as large as it may be.
          const share = outcome.encoded.byteLength / maxBytes;
          expect(share > 0.93 || sizeOf(encoder, range.wanted) > maxBytes).toBe(true);
          shares.push(share);
        }
      }),
      { numRuns: 2000 },
    );
    const sorted = shares.toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length * 0.05)]).toBeGreaterThan(0.85);
    expect(sorted[0]).toBeGreaterThan(0.3);
  });

  it('keeps what is wanted when that fits, and encodes it once', async () => {
    const { outcome, encoded } = await search(
      { bytes: 90_000, perQuality: 0.02, widthPower: 1.7, ratePower: 0.8 },
      5e6,
    );
    expect(outcome).toMatchObject({ settings: range.wanted, tries: 1 });
    expect(encoded).toHaveLength(1);
  });

  it('never answers anything larger than the limit, even when the encoder is noisy', async () => {
    await fc.assert(
      fc.asyncProperty(
        encoders,
        fc.integer({ min: 1000, max: 10_000_000 }),
        fc.infiniteStream(fc.double({ min: 0.85, max: 1.15, noNaN: true })),
        async (encoder, maxBytes, noises) => {
          const { outcome, encoded } = await search(encoder, maxBytes, () => Number(noises.next().value));
          expect(encoded.length).toBeLessThanOrEqual(6);
          const fitting = encoded.filter(({ byteLength }) => byteLength <= maxBytes);
          if ('refusal' in outcome) {
            expect(fitting).toEqual([]);
            // The least of everything was tried before anybody was refused.
            expect(encoded.map(({ settings }) => settings)).toContainEqual(
              settingsAfter(range, farthest(range)),
            );
          } else {
            expect(outcome.encoded.byteLength).toBeLessThanOrEqual(maxBytes);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('what is given away', () => {
  it('is quality first, then size, then frames, then size again', () => {
    const end = farthest(range);
    const path = Array.from({ length: 201 }, (_, step) => settingsAfter(range, (end * step) / 200));
    expect(path[0]).toEqual(range.wanted);
    expect(path.at(-1)).toEqual({ quality: 25, width: 80, frameRate: 5 });
    for (const { quality, width, frameRate } of path) {
      expect(quality === 25 || width === 800).toBe(true);
      expect(frameRate === undefined || width <= 320).toBe(true);
      expect(width >= 320 || frameRate === 5).toBe(true);
    }
  });

  it('of a PNG is only its size, and of a still never the frames', () => {
    const recipe = { source: uploadOf('photo'), output: { format: 'png', quality: 100 } } as const;
    const still = fitRange(planOf(recipe), recipeOf(recipe));
    expect(settingsAfter(still, farthest(still))).toEqual({ quality: 100, width: 120, frameRate: undefined });
    expect(settingsAfter(still, 0.5).quality).toBe(100);
  });

  it('makes a recipe that is planned as such', () => {
    const recipe = recipeOf({ source: uploadOf('gif'), output: { format: 'gif', maxBytes: 5000 } });
    const gif = animationOf(Array.from({ length: 50 }, () => 40));
    const changed = withSettings(recipe, { quality: 30, width: 200, frameRate: 5 });
    const plan = planOf(changed, { gif });
    expect(plan.canvas.width).toBe(200);
    expect(plan.frames).toHaveLength(10);
    expect(plan.durationMs).toBe(2000);
    expect(plan.output.quality).toBe(30);
  });
});
