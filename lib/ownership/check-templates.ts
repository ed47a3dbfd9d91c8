import type { Finding } from './finding.ts';
import { checkAlarms, checkChecklists, checkMeasured, checkRunbook } from './rules/alarms.ts';
import { checkLimits, checkOwners, checkPromised } from './rules/functions.ts';
import { checkAsynchronous } from './rules/invocations.ts';
import { checkConsumers, checkDeadLetters } from './rules/queues.ts';
import { checkWiring } from './rules/wiring.ts';
import { type Synthesis, Synthesized } from './synthesized.ts';

/** Who must answer for it comes first. */
const rules: readonly ((synthesized: Synthesized) => Finding[])[] = [
  checkOwners,
  checkPromised,
  checkWiring,
  checkDeadLetters,
  checkMeasured,
  checkAlarms,
  checkRunbook,
  checkChecklists,
  checkConsumers,
  checkAsynchronous,
  checkLimits,
];

/** What is not owned, promised or alarmed in the templates of a stage. */
export function checkTemplates(synthesis: Synthesis): Finding[] {
  const synthesized = new Synthesized(synthesis);
  return rules.flatMap((rule) => rule(synthesized));
}
