/** One line of a benchmark's table. */
export interface Row {
  readonly measure: string;
  /** The figure with its unit or ratio, as printed. */
  readonly figure: string;
  /** What is promised of it, as printed; absent when the figure only informs. */
  readonly bound?: string;
  /** Whether the figure keeps the bound. */
  readonly holds?: boolean;
}

/** A ratio against a reference of the same run, with what it must not exceed. */
export const atMost = (measure: string, ratio: number, bound: number, detail: string): Row => ({
  measure,
  figure: `${ratio.toFixed(2)} × (${detail})`,
  bound: `≤ ${bound.toFixed(2)} ×`,
  holds: ratio <= bound,
});

/** A ratio against a reference of the same run, with what it must reach. */
export const atLeast = (measure: string, ratio: number, bound: number, detail: string): Row => ({
  measure,
  figure: `${ratio.toFixed(2)} × (${detail})`,
  bound: `≥ ${bound.toFixed(2)} ×`,
  holds: ratio >= bound,
});
