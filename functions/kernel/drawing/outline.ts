/** A picture of one channel: how much of each pixel is covered, 0 to 255. */
export interface Mask {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const far = 1e9;

/**
 * How much of each pixel lies within `radius` pixels of the shape in `mask`, the shape itself included: a round, crisp, smooth-edged outline.
 * The mask must leave at least `radius` + 1 empty pixels around the shape. Distances are Euclidean, exact between pixels (Felzenszwalb and
 * Huttenlocher's lower envelope of parabolas) and start at where the smooth edge of the shape crosses the pixel.
 */
export function outlineOf(mask: Mask, radius: number): Mask {
  const { width, height } = mask;
  const squared = new Float32Array(width * height);
  const reach = Math.ceil(radius) + 2;
  columnDistances(mask, squared, reach);
  const data = new Uint8Array(width * height);
  const envelope = new Int32Array(width);
  const from = new Float64Array(width + 1);
  const outer = (radius + 0.5) ** 2;
  const inner = Math.max(0, radius - 0.5) ** 2;
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    let last = -1;
    for (let x = 0; x < width; x += 1) {
      const height2 = squared[row + x] ?? far;
      // Nothing is nearest to what is within the shape on both sides but itself.
      if (height2 >= far || (height2 === 0 && squared[row + x - 1] === 0 && squared[row + x + 1] === 0)) {
        continue;
      }
      let start = -Infinity;
      while (last >= 0) {
        const other = envelope[last] ?? 0;
        const crossing = (height2 + x * x - (squared[row + other] ?? 0) - other * other) / (2 * (x - other));
        if (crossing > (from[last] ?? 0)) {
          start = crossing;
          break;
        }
        last -= 1;
      }
      last += 1;
      envelope[last] = x;
      from[last] = start;
      from[last + 1] = Infinity;
    }
    if (last < 0) {
      continue;
    }
    let current = 0;
    for (let x = 0; x < width; x += 1) {
      if (squared[row + x] === 0) {
        data[row + x] = 255;
        continue;
      }
      while ((from[current + 1] ?? Infinity) < x) {
        current += 1;
      }
      const nearest = envelope[current] ?? 0;
      const distance2 = (x - nearest) ** 2 + (squared[row + nearest] ?? far);
      if (distance2 <= inner) {
        data[row + x] = 255;
      } else if (distance2 < outer) {
        data[row + x] = Math.round((radius + 0.5 - Math.sqrt(distance2)) * 255);
      }
    }
  }
  return { data, width, height };
}

/** For every pixel the square of its distance to the shape along its column, `far` where that is beyond `reach`. */
function columnDistances({ data, width, height }: Mask, squared: Float32Array, reach: number): void {
  const distances = new Float32Array(width * height).fill(far);
  for (let at = 0; at < distances.length; at += 1) {
    const covered = data[at] ?? 0;
    if (covered > 0) {
      // The edge of a pixel covered to the half runs through its middle; a full one is inside.
      distances[at] = covered === 255 ? 0 : Math.max(0, 0.5 - covered / 255);
    }
    if (at >= width) {
      distances[at] = Math.min(distances[at] ?? far, (distances[at - width] ?? far) + 1);
    }
  }
  for (let at = distances.length - 1; at >= 0; at -= 1) {
    const below = at + width < distances.length ? (distances[at + width] ?? far) + 1 : far;
    const distance = Math.min(distances[at] ?? far, below);
    distances[at] = distance;
    squared[at] = distance > reach ? far : distance * distance;
  }
}
