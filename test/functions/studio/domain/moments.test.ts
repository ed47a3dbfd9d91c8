import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import type { Plan, PlannedFrame } from '../../../../functions/studio/domain/plan.ts';
import { animationOf, clipOf, planOf, slideOf, stillOf, uploadOf } from './recipes.ts';

const delays = ({ frames }: Plan): number[] => frames.map(({ durationMs }) => durationMs);
const shown = ({ frames }: Plan): number[] => frames.map(({ sources }) => sources[0]?.frame ?? -1);
const captionsOf = ({ layers }: PlannedFrame): number[] => layers.map(({ layer }) => layer);
const gif = { format: 'gif' } as const;

describe('delays of a source', () => {
  it('survive in every format', () => {
    const own = [40, 120, 70, 300, 20];
    for (const format of ['gif', 'webp', 'mp4', 'webm'] as const) {
      const plan = planOf({ source: uploadOf('gif'), output: { format } }, { gif: animationOf(own) });
      expect(delays(plan)).toEqual(own);
      expect(shown(plan)).toEqual([0, 1, 2, 3, 4]);
      expect(plan.durationMs).toBe(550);
    }
  });

  it('survive under captions that come and go, which change at the nearest edge of a frame', () => {
    const plan = planOf(
      {
        source: uploadOf('gif'),
        captions: [{ text: 'a', fromMs: 90, toMs: 220, fadeMs: 60 }],
        output: gif,
      },
      { gif: animationOf([100, 60, 70, 100]) },
    );
    expect(delays(plan)).toEqual([100, 60, 70, 100]);
    expect(plan.frames.map(captionsOf)).toEqual([[], [0], [0], []]);
  });

  it('of 0 and 1 ms are 100 ms, as browsers play them', () => {
    const plan = planOf({ source: uploadOf('gif'), output: gif }, { gif: animationOf([0, 1, 10, 20]) });
    expect(delays(plan)).toEqual([100, 100, 100, 20]);
  });

  it('of a movie at 30 frames a second are exact in a movie and never off by more than 5 ms in a GIF', () => {
    const clip = clipOf(30, 30);
    const movie = planOf({ source: uploadOf('clip'), output: { format: 'mp4' } }, { clip });
    const animation = planOf({ source: uploadOf('clip'), output: gif }, { clip });
    expect(movie.frames.map(({ atMs }) => atMs).slice(0, 4)).toEqual([0, 33.333, 66.667, 100]);
    expect(movie.durationMs).toBe(1000);
    expect(animation.frames.map(({ atMs }) => atMs).slice(0, 4)).toEqual([0, 30, 70, 100]);
    expect(animation.durationMs).toBe(1000);
  });

  it('too short for a GIF are left out there, and the whole lasts as long', () => {
    const clip = clipOf(60, 60);
    expect(delays(planOf({ source: uploadOf('clip'), output: { format: 'webm' } }, { clip }))).toHaveLength(
      60,
    );
    const plan = planOf({ source: uploadOf('clip'), output: gif }, { clip });
    expect(Math.min(...delays(plan))).toBeGreaterThanOrEqual(20);
    expect(plan.durationMs).toBe(1000);
  });
});

describe('a timeline', () => {
  const four = { gif: animationOf([100, 200, 300, 400]) };
  const of = (timeline: RecipeInput['timeline']) =>
    planOf({ source: uploadOf('gif'), timeline, output: gif }, four);

  it('trims within frames', () => {
    const plan = of({ trim: { fromMs: 50, toMs: 350 } });
    expect(shown(plan)).toEqual([0, 1, 2]);
    expect(delays(plan)).toEqual([50, 200, 50]);
  });

  it('plays at another speed', () => {
    expect(delays(of({ speed: 2 }))).toEqual([50, 100, 150, 200]);
    expect(of({ speed: 0.5 }).durationMs).toBe(2000);
  });

  it('plays backwards', () => {
    expect(shown(of({ direction: 'reverse' }))).toEqual([3, 2, 1, 0]);
    expect(delays(of({ direction: 'reverse' }))).toEqual([400, 300, 200, 100]);
  });

  it('plays forth and back without showing the ends twice', () => {
    expect(shown(of({ direction: 'boomerang' }))).toEqual([0, 1, 2, 3, 2, 1]);
  });

  it('holds the last frame', () => {
    expect(delays(of({ holdLastMs: 500 }))).toEqual([100, 200, 300, 900]);
  });

  it('takes frames at another rate and makes one of those that show the same', () => {
    const plan = of({ frameRate: 5 });
    expect(shown(plan)).toEqual([1, 2, 3]);
    expect(plan.frames.every(({ atMs }) => atMs % 200 === 0)).toBe(true);
    expect(plan.durationMs).toBe(1000);
  });

  it('loops for ever, or as often as it says; a movie has its frames again instead', () => {
    expect(of({}).loop).toBe(0);
    expect(of({ loop: 3 }).loop).toBe(3);
    const movie = planOf({ source: uploadOf('gif'), timeline: { loop: 3 }, output: { format: 'mp4' } }, four);
    expect(movie.loop).toBe(1);
    expect(movie.durationMs).toBe(3000);
    expect(shown(movie)).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]);
    expect(planOf({ source: uploadOf('gif'), output: { format: 'mp4' } }, four).durationMs).toBe(1000);
  });
});

describe('a still picture', () => {
  it('is one frame without a duration', () => {
    const plan = planOf({ source: uploadOf('photo'), captions: [{ text: 'a' }], output: { format: 'gif' } });
    expect(plan).toMatchObject({ isMoving: false, durationMs: 0, loop: 1 });
    expect(plan.frames).toHaveLength(1);
    expect(plan.frames[0]?.layers).toHaveLength(1);
  });

  it('has as many frames as there are changes over it', () => {
    const plan = planOf({
      source: uploadOf('photo'),
      captions: [
        { text: 'a', toMs: 1000 },
        { text: 'b', fromMs: 1000, toMs: 2500 },
      ],
      output: gif,
    });
    expect(delays(plan)).toEqual([1000, 1500]);
    expect(plan.frames.map(captionsOf)).toEqual([[0], [1]]);
  });

  it('lasts three seconds as a movie, or as long as it is held', () => {
    const movie = { source: uploadOf('photo'), output: { format: 'mp4' } } satisfies RecipeInput;
    expect(planOf(movie).durationMs).toBe(3000);
    expect(planOf({ ...movie, timeline: { holdLastMs: 700 } }).durationMs).toBe(700);
  });

  it('moves with what moves on it, each on its own clock', () => {
    const plan = planOf({
      source: uploadOf('photo'),
      overlays: [
        { source: { kind: 'sticker', sticker: 'star' }, box: { left: 0, top: 0, width: 0.2, height: 0.2 } },
      ],
      output: gif,
    });
    expect(plan.frames.map(({ layers }) => layers[0]?.frame)).toEqual([0, 1]);
    expect(delays(plan)).toEqual([80, 80]);
  });

  it('is the frame of the moment that is asked for', () => {
    const plan = planOf({
      source: uploadOf('gif'),
      captions: [{ text: 'a', fromMs: 160 }],
      output: { format: 'png', stillAtMs: 170 },
    });
    expect(shown(plan)).toEqual([2]);
    expect(plan).toMatchObject({
      isMoving: false,
      durationMs: 0,
      frames: [{ atMs: 0, layers: [{ layer: 0 }] }],
    });
  });
});

describe('what fades and slides', () => {
  const plan = planOf({
    source: uploadOf('photo'),
    captions: [
      {
        text: 'a',
        place: { left: 0.5, top: 0, width: 0.5, height: 0.2 },
        fromMs: 500,
        toMs: 1500,
        fadeMs: 200,
        slide: 'left',
      },
    ],
    output: gif,
  });
  const seen = plan.frames.flatMap(({ layers }) => layers);

  it('comes and goes in equal steps and is wholly there in between', () => {
    expect(seen.map(({ opacity }) => opacity)).toEqual([
      0.125, 0.375, 0.625, 0.875, 1, 0.875, 0.625, 0.375, 0.125,
    ]);
    expect(delays(plan)).toEqual([500, 50, 50, 50, 50, 600, 50, 50, 50, 50]);
  });

  it('comes from outside of the picture and leaves on the other side', () => {
    const moves = seen.map(({ dx }) => dx);
    expect(moves.toSorted((a, b) => b - a)).toEqual(moves);
    expect(moves[0]).toBeGreaterThan(200);
    expect(moves[4]).toBe(0);
    expect(moves.at(-1)).toBeLessThan(-400);
  });

  it('is there in one frame at least, however short', () => {
    const short = planOf(
      { source: uploadOf('gif'), captions: [{ text: 'a', fromMs: 110, toMs: 111 }], output: gif },
      { gif: animationOf([100, 100, 100]) },
    );
    expect(short.frames.map(captionsOf)).toEqual([[], [0], []]);
  });
});

describe('a slideshow', () => {
  const slides = [slideOf('photo', 1000), slideOf('gif', 1000), slideOf('tall', 500)];

  it('lasts as long as its slides and fades over the end of each', () => {
    const plan = planOf({
      source: { kind: 'slideshow', slides, crossFadeMs: 200 },
      output: { format: 'mp4' },
    });
    expect(plan.durationMs).toBe(2500);
    for (const { atMs, sources } of plan.frames) {
      const isFading = (atMs >= 800 && atMs < 1000) || (atMs >= 1800 && atMs < 2000);
      expect(sources).toHaveLength(isFading ? 2 : 1);
      expect(sources.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    }
  });

  it('makes all slides as large as its frame', () => {
    for (const fit of ['cover', 'contain'] as const) {
      const plan = planOf({
        source: { kind: 'slideshow', slides, fit, width: 640, height: 360 },
        output: gif,
      });
      expect(plan.canvas).toEqual({ width: 640, height: 360 });
      expect(plan.sources.map(({ probed, geometry }) => geometry.at(-1) ?? probed)).toMatchObject([
        plan.canvas,
        plan.canvas,
        plan.canvas,
      ]);
    }
  });
});

const times = fc.record({
  delays: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 25 }),
  speed: fc.constantFrom(0.5, 1, 1.3, 2, 7),
  direction: fc.constantFrom('forward' as const, 'reverse' as const, 'boomerang' as const),
  frameRate: fc.option(fc.constantFrom(5, 12, 24, 25, 29.97, 50), { nil: undefined }),
  holdLastMs: fc.constantFrom(0, 333, 1000),
  captions: fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: 99 }),
      length: fc.integer({ min: 1, max: 100 }),
      fadeMs: fc.constantFrom(0, 0, 150, 400),
    }),
    { maxLength: 3 },
  ),
});

describe('the same recipe in every format', () => {
  it('has its captions, stickers and fades on the same frames whatever it is made of', () => {
    const sources: readonly RecipeInput['source'][] = [
      uploadOf('photo'),
      uploadOf('clip'),
      { kind: 'colour', colour: '#000000', width: 100, height: 100, durationMs: 2345 },
      {
        kind: 'slideshow',
        slides: [slideOf('photo', 900), slideOf('gif', 777), slideOf('tall', 640)],
        crossFadeMs: 333,
      },
    ];
    const appearances = fc.array(
      fc.record({
        fromMs: fc.integer({ min: 0, max: 600 }),
        lastsMs: fc.integer({ min: 1, max: 1500 }),
        fadeMs: fc.constantFrom(0, 70, 400),
        isSticker: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...sources), appearances, (source, drawn) => {
        const timed = drawn.map(({ fromMs, lastsMs, fadeMs }) => ({
          fromMs,
          toMs: fromMs + lastsMs,
          fadeMs,
        }));
        const layers = {
          captions: timed
            .filter((_, index) => drawn[index]?.isSticker === false)
            .map((each) => Object.assign({ text: 'a' }, each)),
          overlays: timed
            .filter((_, index) => drawn[index]?.isSticker === true)
            .map((each) =>
              Object.assign(
                {
                  source: { kind: 'sticker' as const, sticker: 'star' },
                  box: { left: 0, top: 0, width: 0.5, height: 0.5 },
                },
                each,
              ),
            ),
        };
        const [movie, webp, animation] = (['mp4', 'webp', 'gif'] as const).map((format) =>
          planOf({ source, ...layers, output: { format } }),
        );
        for (const plan of [webp, animation]) {
          expect(
            plan?.frames.map(({ sources, layers }) => [
              sources,
              layers.map(({ layer, opacity, frame }) => [layer, opacity, frame]),
            ]),
          ).toEqual(
            movie?.frames.map(({ sources, layers }) => [
              sources,
              layers.map(({ layer, opacity, frame }) => [layer, opacity, frame]),
            ]),
          );
          expect(Math.abs((plan?.durationMs ?? 0) - (movie?.durationMs ?? 0))).toBeLessThanOrEqual(10);
          for (const [index, { atMs }] of plan?.frames.entries() ?? []) {
            expect(Math.abs(atMs - (movie?.frames[index]?.atMs ?? -1))).toBeLessThanOrEqual(5.001);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows the same frames with the same captions, and begins each within a step of the format', () => {
    fc.assert(
      fc.property(times, (drawn) => {
        const gifSource = animationOf(drawn.delays);
        const timeline = {
          speed: drawn.speed,
          direction: drawn.direction,
          holdLastMs: drawn.holdLastMs,
          ...(drawn.frameRate === undefined ? {} : { frameRate: drawn.frameRate }),
        };
        const lastsMs = planOf(
          { source: uploadOf('gif'), timeline, output: { format: 'mp4' } },
          { gif: gifSource },
        ).durationMs;
        const captions = drawn.captions.map(({ from, length, fadeMs }) => ({
          text: 'a',
          fromMs: Math.floor((lastsMs * from) / 100),
          toMs: Math.floor((lastsMs * from) / 100) + Math.ceil((lastsMs * length) / 100),
          fadeMs,
        }));
        const [movie, webm, webp, animation] = (['mp4', 'webm', 'webp', 'gif'] as const).map((format) =>
          planOf({ source: uploadOf('gif'), timeline, captions, output: { format } }, { gif: gifSource }),
        );
        if (movie === undefined || webm === undefined || webp === undefined || animation === undefined) {
          throw new Error('four formats make four plans');
        }
        expect(webm.frames).toEqual(movie.frames);
        for (const [plan, gridMs] of [
          [webp, 1],
          [animation, 10],
        ] as const) {
          expect(Math.abs(plan.durationMs - movie.durationMs)).toBeLessThanOrEqual(20);
          for (const frame of plan.frames) {
            expect(frame.atMs % gridMs).toBe(0);
            expect(frame.durationMs).toBeGreaterThanOrEqual(16);
            const same = movie.frames.find(
              ({ atMs, sources, layers }) =>
                Math.abs(atMs - frame.atMs) <= gridMs &&
                JSON.stringify([sources, layers]) === JSON.stringify([frame.sources, frame.layers]),
            );
            expect(same).toBeDefined();
          }
          // Only what is too short for the format may be missing.
          if (movie.frames.every(({ durationMs }) => durationMs >= 20)) {
            expect(plan.frames).toHaveLength(movie.frames.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has no gaps, no two frames in a row that show the same, and weights that add up to 1', () => {
    fc.assert(
      fc.property(
        times,
        fc.constantFrom('gif' as const, 'webp' as const, 'mp4' as const),
        (drawn, format) => {
          const plan = planOf(
            {
              source: uploadOf('gif'),
              timeline: { speed: drawn.speed, direction: drawn.direction, holdLastMs: drawn.holdLastMs },
              captions: drawn.captions.map(({ from, fadeMs }) => ({
                text: 'a',
                toMs: 20 + from * 7,
                fadeMs,
              })),
              output: { format },
            },
            { gif: animationOf(drawn.delays) },
          );
          let nextMs = 0;
          let before = '';
          for (const { atMs, durationMs, sources, layers } of plan.frames) {
            expect(atMs).toBeCloseTo(nextMs, 2);
            nextMs = atMs + durationMs;
            const now = JSON.stringify([sources, layers]);
            expect(now).not.toBe(before);
            before = now;
            expect(sources.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
            expect(layers.every(({ opacity }) => opacity > 0 && opacity <= 1)).toBe(true);
          }
          expect(plan.durationMs).toBeCloseTo(nextMs, 2);
        },
      ),
    );
  });

  it('is a plan that depends on nothing but the recipe and its sources', () => {
    const recipe = {
      source: uploadOf('photo'),
      captions: [{ text: 'a', fadeMs: 100 }],
      output: gif,
    } satisfies RecipeInput;
    expect(planOf(recipe, { photo: stillOf(300, 200) })).toEqual(
      planOf(recipe, { photo: stillOf(300, 200) }),
    );
  });
});
