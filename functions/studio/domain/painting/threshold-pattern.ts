/** 8 × 8 thresholds, evenly spread between −0.5 and 0.5, neighbours far apart (Bayer): what is added before rounding, so that slow changes have no bands. */
export const thresholdPattern: Float64Array = Float64Array.from({ length: 64 }, (_, at) => {
  const [x, y] = [at & 7, at >> 3];
  let rank = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    rank = (rank << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
  }
  return (rank + 0.5) / 64 - 0.5;
});
