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
 * @param seen as Histogram.colours answers; its order is changed on the way
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
  let refined: Float64Array = means;
  for (let round = 0; round < refinements; round += 1) {
    refined = sortedByGreen(refined);
    refine(refined, seen);
  }
  return tableOf(refined);
}

/** The mean squared error, per channel, of a palette for what was seen. */
export function errorOf(palette: ColourTable, seen: Float64Array): number {
  const colours = new Float64Array((palette.length / 3) * parts);
  for (let at = 0; at < palette.length / 3; at += 1) {
    colours.set(palette.subarray(at * 3, at * 3 + 3), at * parts);
  }
  const means = sortedByGreen(colours);
  const firsts = firstsByGreen(means);
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < seen.length; at += parts) {
    const nearest = nearestOf(means, firsts, seen, at);
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

const levelSums = new Float64Array(256);
const levelWeights = new Float64Array(256);

/** Divides a cluster along its axis, so that the error of both parts is least, and answers where the second begins. */
function cut(seen: Float64Array, { first, end, axis }: Cluster): number {
  levelSums.fill(0);
  levelWeights.fill(0);
  let [total, all] = [0, 0];
  for (let at = first * parts; at < end * parts; at += parts) {
    const value = seen[at + axis] ?? 0;
    const count = seen[at + 3] ?? 0;
    levelSums[value | 0] = (levelSums[value | 0] ?? 0) + value * count;
    levelWeights[value | 0] = (levelWeights[value | 0] ?? 0) + count;
    total += value * count;
    all += count;
  }
  let best = -1;
  // Where all of them are of one level, their mean divides them.
  let below = total / all;
  let [sum, weight] = [0, 0];
  for (let level = 0; level < 256; level += 1) {
    if (levelWeights[level] !== 0) {
      sum += levelSums[level] ?? 0;
      weight += levelWeights[level] ?? 0;
      // What both means explain; the more, the less error is left.
      const explained = weight < all ? sum ** 2 / weight + (total - sum) ** 2 / (all - weight) : -1;
      if (explained > best) {
        best = explained;
        below = level + 1;
      }
    }
  }
  return divide(seen, first, end, axis, below);
}

/** Brings those that are below a value along an axis before the others. */
function divide(seen: Float64Array, first: number, end: number, axis: number, below: number): number {
  let middle = first;
  for (let member = first; member < end; member += 1) {
    if ((seen[member * parts + axis] ?? 0) < below) {
      for (let part = 0; part < parts; part += 1) {
        const [one, other] = [middle * parts + part, member * parts + part];
        const value = seen[one] ?? 0;
        seen[one] = seen[other] ?? 0;
        seen[other] = value;
      }
      middle += 1;
    }
  }
  // Rounding may find nothing on one side.
  return Math.min(Math.max(middle, first + 1), end - 1);
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

/** Moves every colour to the mean of what it is the nearest of. @param means sorted by green */
function refine(means: Float64Array, seen: Float64Array): void {
  const firsts = firstsByGreen(means);
  const sums = new Float64Array(means.length);
  for (let at = 0; at < seen.length; at += parts) {
    const nearest = nearestOf(means, firsts, seen, at);
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

function sortedByGreen(colours: Float64Array): Float64Array {
  const places = Array.from({ length: colours.length / parts }, (_, place) => place * parts).toSorted(
    (one, other) => (colours[one + 1] ?? 0) - (colours[other + 1] ?? 0),
  );
  const sorted = new Float64Array(colours.length);
  for (const [place, from] of places.entries()) {
    sorted.set(colours.subarray(from, from + parts), place * parts);
  }
  return sorted;
}

/** For every level of green where the first colour is that has as much. */
function firstsByGreen(means: Float64Array): Uint32Array {
  const firsts = new Uint32Array(256);
  let at = 0;
  for (let level = 0; level < 256; level += 1) {
    while (at < means.length && (means[at + 1] ?? 0) < level) {
      at += parts;
    }
    firsts[level] = at;
  }
  return firsts;
}

/** Looks up and down from a colour's own green, and no farther than the nearest that was found: few are left to look at. */
function nearestOf(means: Float64Array, firsts: Uint32Array, seen: Float64Array, at: number): number {
  const [red, green, blue] = [seen[at] ?? 0, seen[at + 1] ?? 0, seen[at + 2] ?? 0];
  const first = firsts[green | 0] ?? 0;
  let nearest = 0;
  let least = Infinity;
  for (let mean = first; mean < means.length; mean += parts) {
    const dg = (means[mean + 1] ?? 0) - green;
    if (dg > 0 && dg * dg >= least) {
      break;
    }
    const dr = (means[mean] ?? 0) - red;
    const db = (means[mean + 2] ?? 0) - blue;
    const away = dg * dg + dr * dr + db * db;
    if (away < least) {
      least = away;
      nearest = mean;
    }
  }
  for (let mean = first - parts; mean >= 0; mean -= parts) {
    const dg = (means[mean + 1] ?? 0) - green;
    if (dg * dg >= least) {
      break;
    }
    const dr = (means[mean] ?? 0) - red;
    const db = (means[mean + 2] ?? 0) - blue;
    const away = dg * dg + dr * dr + db * db;
    if (away < least) {
      least = away;
      nearest = mean;
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
