/** How much a version was raised: by its first number that differs. */
export type Level = 'major' | 'minor' | 'patch';

const levels = ['major', 'minor', 'patch'] as const satisfies readonly Level[];

/** Below zero when `one` is older than `other`, above when it is newer. Both are like 1.0.0. */
export function compareVersions(one: string, other: string): number {
  const [numbers, others] = [numbersOf(one), numbersOf(other)];
  for (const [index, number] of numbers.entries()) {
    const difference = number - (others[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

/** Undefined when `to` is not newer than `from`. */
export function raisedLevel(from: string, to: string): Level | undefined {
  if (compareVersions(to, from) <= 0) {
    return undefined;
  }
  const before = numbersOf(from);
  return levels[numbersOf(to).findIndex((number, index) => number !== before[index])];
}

/** Whether raising a version by `raised` is enough for a change that needs `needed`. */
export function isEnough(raised: Level | undefined, needed: Level): boolean {
  return raised !== undefined && levels.indexOf(raised) <= levels.indexOf(needed);
}

/** The higher of the two. */
export function higherLevel(one: Level, other: Level): Level {
  return isEnough(one, other) ? one : other;
}

/** The least version that is newer by `level`. */
export function nextVersion(version: string, level: Level): string {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  switch (level) {
    case 'major':
      return `${major + 1}.0.0`;
    case 'minor':
      return `${major}.${minor + 1}.0`;
    case 'patch':
      return `${major}.${minor}.${patch + 1}`;
  }
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
