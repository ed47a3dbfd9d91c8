/** Unsharp masking with a small Gaussian: `amount` times what it takes away is added. 3 × 3 weights, to be divided by `scale`. */
export function sharpenKernel(amount: number): { readonly kernel: number[]; readonly scale: number } {
  const around = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((weight) => -amount * weight);
  return { kernel: around.map((weight, at) => (at === 4 ? weight + 16 + 16 * amount : weight)), scale: 16 };
}
