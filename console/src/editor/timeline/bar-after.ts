/** When a layer is seen, in milliseconds of the output. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export type BarGrip = 'from' | 'to' | 'all';

/** A layer that is seen for a shorter time is a slip of the hand. */
export const leastSpanMs = 40;

/** A span after one of its ends, or all of it, was moved; within 0 and `endMs`. */
export function spanAfter({ fromMs, toMs }: Span, grip: BarGrip, byMs: number, endMs: number): Span {
  switch (grip) {
    case 'from':
      return { fromMs: Math.round(clamp(fromMs + byMs, 0, Math.max(0, toMs - leastSpanMs))), toMs };
    case 'to':
      return {
        fromMs,
        toMs: Math.round(clamp(toMs + byMs, fromMs + leastSpanMs, Math.max(endMs, fromMs + leastSpanMs))),
      };
    case 'all': {
      const moved = Math.round(clamp(fromMs + byMs, 0, Math.max(0, endMs - (toMs - fromMs))));
      return { fromMs: moved, toMs: moved + (toMs - fromMs) };
    }
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);
