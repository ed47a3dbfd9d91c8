import type { Finding } from './finding.ts';

/** So many findings of one rule are told in full: more of them mostly have one cause. */
const told = 5;

/** Findings as people can read them: the first few of each rule, and of those beyond only what they are about. */
export const summarise = (findings: readonly Finding[]): Finding[] =>
  [...Map.groupBy(findings, ({ rule }) => rule)].flatMap(([rule, all]) => {
    const rest = all.slice(told);
    return rest.length <= 1 ? all : all.slice(0, told).concat(inShort(rule, rest));
  });

const inShort = (rule: string, rest: readonly Finding[]): Finding => ({
  rule,
  construct: '…',
  problem: `${rest.length} more are refused for the same reason: ${counted(rest.map(({ construct }) => construct))}.`,
  mend: 'Mend the first, which are told above; the others mostly have the same cause.',
});

/** `docs/runbook.md (3), fanfare-dev-studio/Films` */
const counted = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)]
    .map(([name, { length }]) => (length === 1 ? name : `${name} (${length})`))
    .join(', ');
