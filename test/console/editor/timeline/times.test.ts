import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecipeInput } from '../../../../functions/contracts/recipe.ts';
import { leastSpanMs, spanAfter } from '../../../../console/src/editor/timeline/bar-after.ts';
import { Player } from '../../../../console/src/editor/timeline/player.ts';
import { snapMoment } from '../../../../console/src/editor/timeline/snap-moment.ts';
import {
  outputMoment,
  playedDuration,
  sourceMoment,
} from '../../../../console/src/editor/timeline/source-time.ts';
import { clockTime, rulerStep, tickLabel } from '../../../../console/src/editor/timeline/time-words.ts';

/** A clock and a screen that are moved by hand. */
class HandTicks {
  nowMs = 0;
  #waiting: (() => void) | undefined;
  readonly ticks = {
    request: (tick: (nowMs: number) => void): number => {
      this.#waiting = () => {
        tick(this.nowMs);
      };
      return 1;
    },
    cancel: (): void => {
      this.#waiting = undefined;
    },
    now: (): number => this.nowMs,
  };

  pass(milliseconds: number): void {
    this.nowMs += milliseconds;
    this.#waiting?.();
  }
}

describe('playing', () => {
  it('goes with the clock, however seldom the screen is drawn, and begins again at the end', () => {
    const hand = new HandTicks();
    const player = new Player(hand.ticks);
    player.setDuration(1000);
    player.play();
    hand.pass(16);
    expect(player.atMs).toBe(16);
    hand.pass(700);
    expect(player.atMs).toBe(716);
    hand.pass(400);
    expect(player.atMs).toBe(116);
    player.pause();
    hand.pass(500);
    expect([player.atMs, player.isPlaying]).toEqual([116, false]);
  });

  it('goes on from where it was brought, and tells who listens', () => {
    const hand = new HandTicks();
    const player = new Player(hand.ticks);
    const seen: number[] = [];
    player.setDuration(1000);
    const end = player.subscribe(() => {
      seen.push(player.atMs);
    });
    player.play();
    player.seek(600);
    hand.pass(50);
    expect(player.atMs).toBe(650);
    player.seek(5000);
    expect(player.atMs).toBe(999);
    end();
    player.seek(0);
    expect(seen).toEqual([0, 600, 650, 999]);
  });

  it('stops when nothing moves any more', () => {
    const player = new Player(new HandTicks().ticks);
    player.setDuration(1000);
    player.seek(800);
    player.play();
    player.setDuration(500);
    expect([player.atMs, player.isPlaying]).toEqual([499, true]);
    player.setDuration(0);
    player.play();
    expect([player.atMs, player.isPlaying]).toEqual([0, false]);
  });
});

describe('moments of the source and of what is made of it', () => {
  it('are found from each other, in every direction and at every speed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('forward' as const, 'reverse' as const, 'boomerang' as const),
        fc.constantFrom(0.5, 1, 2),
        fc.integer({ min: 200, max: 800 }),
        (direction, speed, momentMs) => {
          const recipe: RecipeInput = {
            source: { kind: 'upload', upload: 'local:1' },
            timeline: { direction, speed, trim: { fromMs: 200, toMs: 800 } },
            output: { format: 'gif' },
          };
          const atMs = outputMoment(recipe, 1000, momentMs);
          expect(sourceMoment(recipe, 1000, atMs)).toBeCloseTo(momentMs, 6);
          expect(atMs).toBeLessThanOrEqual(playedDuration(recipe, 1000));
        },
      ),
    );
  });
});

describe('bars', () => {
  it('stay in the time there is, at least as long as can be seen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 40, max: 1000 }),
        fc.constantFrom('from' as const, 'to' as const, 'all' as const),
        fc.integer({ min: -3000, max: 3000 }),
        (fromMs, lengthMs, grip, byMs) => {
          const endMs = 2000;
          const span = spanAfter({ fromMs, toMs: fromMs + lengthMs }, grip, byMs, endMs);
          expect(span.fromMs).toBeGreaterThanOrEqual(0);
          expect(span.toMs).toBeLessThanOrEqual(endMs);
          expect(span.toMs - span.fromMs).toBeGreaterThanOrEqual(leastSpanMs);
          if (grip === 'all') {
            expect(span.toMs - span.fromMs).toBe(lengthMs);
          }
        },
      ),
    );
  });

  it('are drawn to the nearest moment that is near', () => {
    expect(snapMoment(103, [0, 100, 107], 10)).toBe(100);
    expect(snapMoment(104, [0, 100, 107], 10)).toBe(107);
    expect(snapMoment(50, [0, 100, 107], 10)).toBe(50);
  });
});

describe('times in words', () => {
  it('are as exact as they need to be', () => {
    expect([clockTime(0), clockTime(1999), clockTime(61_230)]).toEqual(['0:00.00', '0:01.99', '1:01.23']);
    expect([0, 200, 1000, 90_000].map(tickLabel)).toEqual(['0 s', '0.2', '1 s', '1:30']);
    expect([rulerStep(1700, 10), rulerStep(60_000, 6), rulerStep(600_000, 4)]).toEqual([
      200, 10_000, 300_000,
    ]);
  });
});
