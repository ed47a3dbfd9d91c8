/** The headings of docs/runbook.md that are about alarms, `personalise/render-errors`; others are prose. */
export const runbookHeadings = (runbook: string): string[] =>
  [...runbook.matchAll(/^## ([a-z][a-z0-9-]*\/[a-z0-9-]+)\s*$/gmu)].map(([, heading = '']) => heading);
