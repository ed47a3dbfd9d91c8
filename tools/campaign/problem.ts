import { toPointer } from '../../functions/contracts/json-pointer.ts';

/** Something that is wrong with a campaign, for its author. */
export interface CampaignProblem {
  /** Where in campaign.json: a JSON Pointer (RFC 6901); empty for the whole. */
  readonly pointer: string;
  /** A sentence: what is wrong and what would be right. */
  readonly detail: string;
}

/** A JSON Pointer to what lies at `path`. */
export const pointerTo = (...path: readonly PropertyKey[]): string => toPointer(path);

/** A campaign that cannot be compiled, with everything that was found wrong. */
export class CampaignError extends Error {
  override readonly name = 'CampaignError';
  readonly problems: readonly CampaignProblem[];

  constructor(folder: string, problems: readonly CampaignProblem[]) {
    super([`${folder} is not a valid campaign:`, ...problems.map(inWords)].join('\n'));
    this.problems = problems;
  }
}

export function inWords({ pointer, detail }: CampaignProblem): string {
  return `  ${pointer === '' ? '(the whole)' : pointer}: ${detail}`;
}
