import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { HttpProblem } from '../../../../functions/kernel/http-problem.ts';
import { estimate } from '../../../../functions/studio/domain/estimate.ts';
import { routePlan } from '../../../../functions/studio/domain/route-plan.ts';
import { animationOf, clipOf, planOf, refusalsOf, stillOf, uploadOf } from './recipes.ts';

const frames = (count: number, delay = 100) => Array.from({ length: count }, () => delay);
const captions = [{ text: 'a' }];

describe('where a plan is carried out', () => {
  it('is at once for stills and short animations', () => {
    const still = planOf(
      { source: uploadOf('photo'), captions, output: { format: 'jpeg', width: 1080 } },
      { photo: stillOf(4000, 3000) },
    );
    const short = planOf(
      { source: uploadOf('gif'), captions, output: { format: 'gif', width: 240 } },
      { gif: animationOf(frames(40), 480, 480) },
    );
    expect([routePlan(still).route, routePlan(short).route]).toEqual(['at-once', 'at-once']);
  });

  it('is behind the queue for movies, and for what takes longer than anybody waits', () => {
    const movie = planOf({ source: uploadOf('photo'), output: { format: 'mp4' } });
    const fromMovie = planOf({ source: uploadOf('clip'), output: { format: 'gif', width: 320 } });
    const long = planOf(
      { source: uploadOf('gif'), captions, output: { format: 'gif', width: 800 } },
      { gif: animationOf(frames(200), 800, 800) },
    );
    expect([movie, fromMovie, long].map((plan) => routePlan(plan).route)).toEqual([
      'queued',
      'queued',
      'queued',
    ]);
  });

  it('is nowhere for ten minutes of 4K: refused with the figure and what to change', () => {
    const clip = clipOf(18_000, 30, { width: 3840, height: 2160 });
    const plan = planOf({ source: uploadOf('clip'), output: { format: 'mp4' } }, { clip });
    const [refusal, ...others] = refusalsOf(() => routePlan(plan));
    expect(refusal).toMatch(
      /^\/timeline: Make it shorter than \d+(\.\d)? s, or give fewer frames a second\.$/u,
    );
    // Reading 4K takes too long by itself: a narrower result would not help, and nobody is told that it would.
    expect(others).toEqual([]);
    expect(() => routePlan(plan)).toThrow(/^It would take about \d+(\.\d)? s to make; 300 s is the most\./u);
  });

  it('is nowhere for a GIF of more than a thousand frames', () => {
    const plan = planOf(
      { source: uploadOf('clip'), output: { format: 'gif', width: 100 } },
      { clip: clipOf(1200, 20, { width: 320, height: 180 }) },
    );
    expect(() => routePlan(plan)).toThrow('The gif would have 1200 frames; 1000 is the most.');
    expect(refusalsOf(() => routePlan(plan))).toEqual([
      '/timeline: Make it shorter than 50 s, or give fewer frames a second.',
    ]);
  });

  it('is found again when what a refusal asks for is done', () => {
    const sizes = fc.record({
      width: fc.integer({ min: 300, max: 3000 }),
      count: fc.integer({ min: 100, max: 1000 }),
      format: fc.constantFrom('gif' as const, 'webp' as const),
    });
    fc.assert(
      fc.property(sizes, ({ width, count, format }) => {
        const gif = animationOf(frames(count), 1500, 1500);
        const plan = (output: RecipeInput['output'], timeline: RecipeInput['timeline'] = {}) =>
          planOf({ source: uploadOf('gif'), timeline, output }, { gif });
        let problem;
        try {
          routePlan(plan({ format, width }));
        } catch (error) {
          problem = error instanceof HttpProblem ? error.problem : undefined;
        }
        fc.pre(problem !== undefined);
        for (const { pointer, detail } of problem?.errors ?? []) {
          const figure = Number(/(\d+(\.\d+)?) (s|pixels)/u.exec(detail)?.[1]);
          const changed =
            pointer === '/timeline'
              ? plan(
                  { format, width },
                  { trim: { fromMs: 0, toMs: Math.max(100, Math.round(figure * 1000) - 100) } },
                )
              : plan({ format, width: figure });
          // Time and memory are judged one after the other: what was refused for one is not refused for it again.
          const before = estimate(plan({ format, width }));
          const after = estimate(changed);
          expect(after.milliseconds < before.milliseconds && after.bytes < before.bytes).toBe(true);
          const limit = /take about/u.test(problem?.detail ?? '')
            ? after.milliseconds / 300_000
            : after.bytes / 2_200_000_000;
          expect(limit).toBeLessThanOrEqual(1.001);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an estimate', () => {
  it('grows with pixels, frames, layers and looks', () => {
    const of = (more: Partial<RecipeInput>, count = 40, width = 400) =>
      estimate(
        planOf(
          { source: uploadOf('gif'), output: { format: 'gif', width }, ...more },
          { gif: animationOf(frames(count), 800, 600) },
        ),
      ).milliseconds;
    const plain = of({});
    expect(of({}, 80)).toBeGreaterThan(plain * 1.5);
    expect(of({}, 40, 800)).toBeGreaterThan(plain * 1.5);
    expect(of({ captions: [{ text: 'a' }, { text: 'b' }] })).toBeGreaterThan(plain);
    expect(of({ looks: [{ look: 'blur' }] })).toBeGreaterThan(plain);
    expect(of({ timeline: { direction: 'boomerang' } })).toBeGreaterThan(plain * 1.5);
  });

  it('of a long animated WebP is of more than its frames: every part is decoded from the beginning', () => {
    const of = (contentType: string, count: number) =>
      estimate(
        planOf(
          { source: uploadOf('gif'), output: { format: 'gif', width: 100 } },
          { gif: { ...animationOf(frames(count), 1280, 720), contentType } },
        ),
      ).milliseconds;
    expect(of('image/gif', 400) / of('image/gif', 100)).toBeLessThan(4.5);
    expect(of('image/webp', 400) / of('image/webp', 100)).toBeGreaterThan(8);
  });

  it('of memory does not grow with the length of a clip, but for what is in the file', () => {
    const of = (count: number) =>
      estimate(planOf({ source: uploadOf('clip'), output: { format: 'mp4' } }, { clip: clipOf(count, 30) }))
        .bytes;
    expect(of(600) / of(150)).toBeLessThan(1.5);
  });
});
