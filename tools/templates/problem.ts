import { inWords, type CampaignProblem as Problem } from '../campaign/problem.ts';

/** Something in a folder that cannot be built, with everything that was found wrong. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly problems: readonly Problem[];

  constructor(what: string, problems: readonly Problem[]) {
    super([`${what} is not valid:`, ...problems.map(inWords)].join('\n'));
    this.problems = problems;
  }
}
