import { median } from '../statistics.ts';

const warmUps = 2;

/** Medians in milliseconds of several ways to do the same, each once a round, so that a busy moment of the machine meets all. */
export async function inTurn<Name extends string>(
  rounds: number,
  ways: Readonly<Partial<Record<Name, () => Promise<unknown>>>>,
): Promise<ReadonlyMap<Name, number>> {
  const times = new Map<Name, number[]>();
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of namesOf(ways)) {
      const start = performance.now();
      await ways[name]?.();
      if (round >= 0) {
        times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
      }
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

function namesOf<Name extends string>(ways: Readonly<Partial<Record<Name, unknown>>>): Name[] {
  const names: Name[] = [];
  for (const name in ways) {
    if (ways[name] !== undefined) {
      names.push(name);
    }
  }
  return names;
}
