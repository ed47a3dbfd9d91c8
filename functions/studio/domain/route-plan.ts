import { HttpProblem } from '../../kernel/http-problem.ts';
import { formats } from './formats.ts';
import { estimate, estimateParts, type Estimate, type EstimateParts } from './estimate.ts';
import { seconds } from './in-words.ts';
import type { Plan } from './plan.ts';

export type Route = 'at-once' | 'queued';

/** The most that is taken on, by estimate. Milliseconds leave a function half of its time-out, and memory a quarter, for what an estimate gets wrong. */
export const limits = {
  'at-once': { milliseconds: 4000, bytes: 800e6 },
  queued: { milliseconds: 300_000, bytes: 2_200e6 },
} as const satisfies Record<Route, Estimate>;

/**
 * Where a plan is carried out: movies and what takes longer than a client waits go through the queue.
 *
 * @throws HttpProblem 422 `too-much-work` with the estimate, the limit and what to change
 */
export function routePlan(plan: Plan): { readonly route: Route; readonly estimate: Estimate } {
  const traits = formats[plan.output.format];
  const { format } = plan.output;
  if (plan.frames.length > traits.mostFrames) {
    refuse(plan, `The ${format} would have ${plan.frames.length} frames; ${traits.mostFrames} is the most.`, {
      length: traits.mostFrames / plan.frames.length,
    });
  }
  const estimated = estimate(plan);
  const most = limits.queued;
  if (estimated.milliseconds > most.milliseconds) {
    refuse(
      plan,
      `It would take about ${seconds(estimated.milliseconds)} to make; ${seconds(most.milliseconds)} is the most.`,
      savings(estimateParts(plan), 'milliseconds', most.milliseconds),
    );
  }
  if (estimated.bytes > most.bytes) {
    refuse(
      plan,
      `It would need about ${megabytes(estimated.bytes)} of memory; ${megabytes(most.bytes)} is the most.`,
      savings(estimateParts(plan), 'bytes', most.bytes),
    );
  }
  const hasMovie = traits.kind === 'movie' || plan.sources.some(({ probed }) => probed.kind === 'movie');
  const isShort =
    estimated.milliseconds <= limits['at-once'].milliseconds && estimated.bytes <= limits['at-once'].bytes;
  return { route: isShort && !hasMovie ? 'at-once' : 'queued', estimate: estimated };
}

/** What the length or the width of a result is to be multiplied by so that it can be made; undefined where that alone does not do it. */
interface Savings {
  readonly length?: number;
  readonly width?: number;
}

function savings({ fixed, read, drawn, held }: EstimateParts, what: keyof Estimate, most: number): Savings {
  const length = (most - fixed[what] - held[what]) / (read[what] + drawn[what]);
  const area = (most - fixed[what] - read[what]) / (drawn[what] + held[what]);
  return { ...(length > 0 ? { length } : {}), ...(area > 0 ? { width: Math.sqrt(area) } : {}) };
}

function refuse(plan: Plan, why: string, { length, width }: Savings): never {
  const narrower = width === undefined ? 0 : Math.floor(plan.canvas.width * width);
  const errors = [
    ...(plan.isMoving && length !== undefined
      ? [
          {
            pointer: '/timeline',
            detail: `Make it shorter than ${seconds(Math.floor((plan.durationMs * length) / 100) * 100)}, or give fewer frames a second.`,
          },
        ]
      : []),
    ...(narrower >= 16
      ? [{ pointer: '/output/width', detail: `Make it narrower than ${narrower} pixels.` }]
      : []),
  ];
  throw new HttpProblem(422, 'too-much-work', [why, ...errors.map(({ detail }) => detail)].join(' '), {
    errors: errors.length > 0 ? errors : [{ pointer: '/source', detail: 'Use a smaller source.' }],
  });
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
