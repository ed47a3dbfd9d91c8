import { median } from '../../statistics.ts';

const warmUps = 2;
const rounds = 9;

/** Medians in milliseconds of several ways to do the same, each once a round, so that a busy moment of the machine meets all. */
export async function inTurn(
  ways: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<ReadonlyMap<string, number>> {
  const entries = Object.entries(ways);
  const times = new Map(entries.map(([name]) => [name, [] as number[]]));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [name, way] of entries) {
      const start = performance.now();
      await way();
      if (round >= 0) {
        times.get(name)?.push(performance.now() - start);
      }
    }
  }
  return new Map(entries.map(([name]) => [name, median(times.get(name) ?? [])]));
}
