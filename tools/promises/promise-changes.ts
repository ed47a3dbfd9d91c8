import { isDeepStrictEqual } from 'node:util';
import type { ServicePromise } from '../../functions/contracts/promise.ts';
import { objectiveInWords } from './objective-in-words.ts';
import { measureAsMath } from './measure-as-math.ts';
import type { Level } from './version.ts';

/** One difference between what was released and what is written now. */
export interface Change {
  /** How much the version must be raised for it: `major` for a weakening, `minor` for what is better or new, `patch` for words. */
  readonly needs: Level;
  /** A clause: what was changed, from what to what. */
  readonly what: string;
}

/** What changed from one promise to the next of the same id. */
export function promiseChanges(before: ServicePromise, after: ServicePromise): Change[] {
  return [
    ...statementChanges(before, after),
    ...objectiveChanges(before, after),
    ...measureChanges(before, after),
    ...windowChanges(before, after),
    ...conditionChanges(before, after),
    ...trafficChanges(before, after),
    ...functionChanges(before, after),
    ...(isDeepStrictEqual(before.whenBroken, after.whenBroken)
      ? []
      : [patch(`what a consumer of ${before.id} sees and should do was worded anew`)]),
  ];
}

function statementChanges(
  { id, statement: before }: ServicePromise,
  { statement }: ServicePromise,
): Change[] {
  return before === statement
    ? []
    : [weakening(`the statement of ${id} was changed from “${before}” to “${statement}”`)];
}

function objectiveChanges(
  { id, measure, objective: before }: ServicePromise,
  { measure: measureAfter, objective: after }: ServicePromise,
): Change[] {
  if (isDeepStrictEqual(before, after)) {
    return [];
  }
  const fromTo = `from ${objectiveInWords(before, measure)} to ${objectiveInWords(after, measureAfter)}`;
  if ('atLeast' in before && 'atLeast' in after) {
    return after.atLeast < before.atLeast
      ? [weakening(`the objective of ${id} was lowered ${fromTo}`)]
      : [strengthening(`the objective of ${id} was raised ${fromTo}`)];
  }
  if ('atMost' in before && 'atMost' in after) {
    return after.atMost > before.atMost
      ? [weakening(`the bound of ${id} was raised ${fromTo}`)]
      : [strengthening(`the bound of ${id} was lowered ${fromTo}`)];
  }
  return [weakening(`the objective of ${id} was changed in kind ${fromTo}`)];
}

function measureChanges(
  { id, measure: before }: ServicePromise,
  { measure: after }: ServicePromise,
): Change[] {
  return isDeepStrictEqual(before, after)
    ? []
    : [
        weakening(
          `the measure of ${id} was changed from ${measureAsMath(before)} to ${measureAsMath(after)}`,
        ),
      ];
}

function windowChanges(
  { id, windowDays: before }: ServicePromise,
  { windowDays: after }: ServicePromise,
): Change[] {
  return before === after
    ? []
    : [weakening(`the window of ${id} was changed from ${before} to ${after} days`)];
}

function conditionChanges(
  { id, conditions: before }: ServicePromise,
  { conditions: after }: ServicePromise,
): Change[] {
  const added = after.filter((condition) => !before.includes(condition));
  const dropped = before.filter((condition) => !after.includes(condition));
  if (added.length === 0 && dropped.length === 0) {
    return isDeepStrictEqual(before, after)
      ? []
      : [patch(`the conditions of ${id} were put in another order`)];
  }
  const [onlyAdded, onlyDropped] = [added[0], dropped[0]];
  if (added.length === 1 && dropped.length === 1) {
    return [weakening(`a condition of ${id} was changed from “${onlyDropped}” to “${onlyAdded}”`)];
  }
  return [
    ...added.map((condition) => weakening(`${id} was given one more condition, “${condition}”`)),
    ...dropped.map((condition) => strengthening(`${id} was freed of the condition “${condition}”`)),
  ];
}

function trafficChanges(
  { id, minimumTraffic: before }: ServicePromise,
  { minimumTraffic: after }: ServicePromise,
): Change[] {
  if (before === after) {
    return [];
  }
  const fromTo = `from ${before} to ${after}`;
  return after > before
    ? [weakening(`the traffic below which ${id} is unknown was raised ${fromTo}`)]
    : [strengthening(`the traffic below which ${id} is unknown was lowered ${fromTo}`)];
}

function functionChanges(
  { id, functions: before }: ServicePromise,
  { functions: after }: ServicePromise,
): Change[] {
  const added = after.filter((name) => !before.includes(name));
  const dropped = before.filter((name) => !after.includes(name));
  if (added.length === 0 && dropped.length === 0) {
    return isDeepStrictEqual(before, after)
      ? []
      : [patch(`the functions of ${id} were put in another order`)];
  }
  return [
    ...dropped.map((name) => weakening(`${id} does not include the function ${name} any more`)),
    ...added.map((name) => strengthening(`${id} includes the function ${name} too`)),
  ];
}

const weakening = (what: string): Change => ({ needs: 'major', what });
const strengthening = (what: string): Change => ({ needs: 'minor', what });
const patch = (what: string): Change => ({ needs: 'patch', what });
