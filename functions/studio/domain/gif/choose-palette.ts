import type { ColourTable } from './gif-writer.ts';
import { colourParts as parts } from './histogram.ts';

/** Rounds in which colours move to the middle of what they stand for. More change little. */
const refinements = 4;

/** A part of the list of colours, which one colour shall stand for. */
interface Cluster {
  readonly first: number;
  readonly end: number;
  /** The sum of squared distances to its mean along its longest axis, and which axis that is. */
  readonly spread: number;
  readonly axis: number;
}

/**
 * Up to `most` colours that stand for those that were seen with little error: clusters are cut in two where the squared error becomes least (as Wu does, on the
 * colours themselves), then moved (as k-means does).
 *
 * @param seen as Histogram.colours answers; is sorted on the way
 */
export function choosePalette(seen: Float64Array, most: number): ColourTable {
  const count = seen.length / parts;
  if (count <= most) {
    return tableOf(seen);
  }
  const clusters: Cluster[] = [measure(seen, 0, count)];
  while (clusters.length < most) {
    let widest = 0;
    for (let at = 1; at < clusters.length; at += 1) {
      if ((clusters[at]?.spread ?? 0) > (clusters[widest]?.spread ?? 0)) {
        widest = at;
      }
    }
    const cluster = clusters[widest];
    if (cluster === undefined || cluster.spread === 0) {
      break;
    }
    const middle = cut(seen, cluster);
    clusters[widest] = measure(seen, cluster.first, middle);
    clusters.push(measure(seen, middle, cluster.end));
  }
  const means = Float64Array.from(clusters.flatMap(({ first, end }) => meanOf(seen, first, end)));
  for (let round = 0; round < refinements; round += 1) {
    refine(means, seen);
  }
  return tableOf(means);
}

/** The mean squared error, per channel, of a palette for what was seen. */
export function errorOf(palette: ColourTable, seen: Float64Array): number {
  const means = new Float64Array((palette.length / 3) * parts);
  for (let at = 0; at < palette.length / 3; at += 1) {
    means.set(palette.subarray(at * 3, at * 3 + 3), at * parts);
  }
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < seen.length; at += parts) {
    const nearest = nearestOf(means, seen, at);
    sum += distance(means, nearest, seen, at) * (seen[at + 3] ?? 0);
    weight += seen[at + 3] ?? 0;
  }
  return weight === 0 ? 0 : sum / weight / 3;
}

function measure(seen: Float64Array, first: number, end: number): Cluster {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let weight = 0;
  for (let at = first * parts; at < end * parts; at += parts) {
    const count = seen[at + 3] ?? 0;
    weight += count;
    for (let axis = 0; axis < 3; axis += 1) {
      const value = seen[at + axis] ?? 0;
      sums[axis] = (sums[axis] ?? 0) + value * count;
      squares[axis] = (squares[axis] ?? 0) + value * value * count;
    }
  }
  const spreads = squares.map((square, axis) => square - (sums[axis] ?? 0) ** 2 / weight);
  const spread = Math.max(...spreads);
  return { first, end, spread: end - first < 2 ? 0 : spread, axis: spreads.indexOf(spread) };
}

/** Sorts a cluster along its axis and answers where to cut it, so that the error of both parts is least. */
function cut(seen: Float64Array, { first, end, axis }: Cluster): number {
  const members = Array.from({ length: end - first }, (_, index) =>
    seen.slice((first + index) * parts, (first + index + 1) * parts),
  ).toSorted((one, other) => (one[axis] ?? 0) - (other[axis] ?? 0));
  let [total, all] = [0, 0];
  for (const [index, member] of members.entries()) {
    seen.set(member, (first + index) * parts);
    total += (member[axis] ?? 0) * (member[3] ?? 0);
    all += member[3] ?? 0;
  }
  let best = -1;
  let middle = first + 1;
  let [sum, weight] = [0, 0];
  for (let index = 0; index < members.length - 1; index += 1) {
    const member = members[index];
    sum += (member?.[axis] ?? 0) * (member?.[3] ?? 0);
    weight += member?.[3] ?? 0;
    // What both means explain; the more, the less error is left.
    const explained = sum ** 2 / weight + (total - sum) ** 2 / (all - weight);
    if (explained > best) {
      best = explained;
      middle = first + index + 1;
    }
  }
  return middle;
}

function meanOf(seen: Float64Array, first: number, end: number): number[] {
  const sums = [0, 0, 0, 0];
  for (let at = first * parts; at < end * parts; at += parts) {
    const count = seen[at + 3] ?? 0;
    for (let axis = 0; axis < 3; axis += 1) {
      sums[axis] = (sums[axis] ?? 0) + (seen[at + axis] ?? 0) * count;
    }
    sums[3] = (sums[3] ?? 0) + count;
  }
  const weight = sums[3] ?? 1;
  return [(sums[0] ?? 0) / weight, (sums[1] ?? 0) / weight, (sums[2] ?? 0) / weight, weight];
}

/** Moves every colour to the mean of what it is the nearest of. */
function refine(means: Float64Array, seen: Float64Array): void {
  const sums = new Float64Array(means.length);
  for (let at = 0; at < seen.length; at += parts) {
    const nearest = nearestOf(means, seen, at);
    const count = seen[at + 3] ?? 0;
    sums[nearest] = (sums[nearest] ?? 0) + (seen[at] ?? 0) * count;
    sums[nearest + 1] = (sums[nearest + 1] ?? 0) + (seen[at + 1] ?? 0) * count;
    sums[nearest + 2] = (sums[nearest + 2] ?? 0) + (seen[at + 2] ?? 0) * count;
    sums[nearest + 3] = (sums[nearest + 3] ?? 0) + count;
  }
  for (let at = 0; at < means.length; at += parts) {
    const weight = sums[at + 3] ?? 0;
    if (weight > 0) {
      means[at] = (sums[at] ?? 0) / weight;
      means[at + 1] = (sums[at + 1] ?? 0) / weight;
      means[at + 2] = (sums[at + 2] ?? 0) / weight;
    }
  }
}

function nearestOf(means: Float64Array, seen: Float64Array, at: number): number {
  const [red, green, blue] = [seen[at] ?? 0, seen[at + 1] ?? 0, seen[at + 2] ?? 0];
  let nearest = 0;
  let least = Infinity;
  for (let mean = 0; mean < means.length; mean += parts) {
    const dg = (means[mean + 1] ?? 0) - green;
    const far = dg * dg;
    if (far < least) {
      const dr = (means[mean] ?? 0) - red;
      const db = (means[mean + 2] ?? 0) - blue;
      const away = far + dr * dr + db * db;
      if (away < least) {
        least = away;
        nearest = mean;
      }
    }
  }
  return nearest;
}

function distance(means: Float64Array, mean: number, seen: Float64Array, at: number): number {
  return (
    ((means[mean] ?? 0) - (seen[at] ?? 0)) ** 2 +
    ((means[mean + 1] ?? 0) - (seen[at + 1] ?? 0)) ** 2 +
    ((means[mean + 2] ?? 0) - (seen[at + 2] ?? 0)) ** 2
  );
}

function tableOf(colours: Float64Array): ColourTable {
  const table = new Uint8Array((colours.length / parts) * 3);
  for (let at = 0; at < colours.length / parts; at += 1) {
    for (let axis = 0; axis < 3; axis += 1) {
      table[at * 3 + axis] = Math.round(colours[at * parts + axis] ?? 0);
    }
  }
  return table;
}
