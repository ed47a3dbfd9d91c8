import type { Finding } from './finding.ts';
import { summarise } from './summarise.ts';

/** Refusals of the promise documents. Its message is meant for people, and reads like those of the CDK's validations. */
export class NotOwned extends Error {
  override readonly name = 'NotOwned';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(summarise(findings).map(inWords).join('\n\n'));
    this.findings = findings;
  }
}

const inWords = ({ rule, construct, problem, mend }: Finding): string =>
  [
    `FATAL ${problem} (Ownership)`,
    `   ${construct}`,
    `   Suggested fix: ${mend}`,
    `   Rule Ownership::${rule}`,
  ].join('\n');
