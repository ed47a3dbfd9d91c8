/** From here on, of its greatest weight, the tail of a Gaussian is left out: as libvips does. */
const leastWeight = 0.2;
/** Weights are whole numbers of this. */
const unit = 20;

/** One half of a Gaussian with its middle first, as libvips blurs with: cut off where it is low, in whole numbers. */
export function gaussianWeights(sigma: number): number[] {
  const weights: number[] = [];
  for (let x = 0; ; x += 1) {
    const weight = Math.exp((-x * x) / (2 * sigma * sigma));
    if (weight < leastWeight) {
      return weights;
    }
    weights.push(Math.round(weight * unit));
  }
}

/** The standard deviation of what is left of a Gaussian, for those who blur with a whole one. */
export function deviationOf(sigma: number): number {
  const weights = gaussianWeights(sigma);
  let sum = weights[0] ?? 1;
  let squares = 0;
  for (let x = 1; x < weights.length; x += 1) {
    const weight = 2 * (weights[x] ?? 0);
    sum += weight;
    squares += weight * x * x;
  }
  return Math.sqrt(squares / sum);
}
