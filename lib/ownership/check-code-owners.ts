import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { ownersOf, parseCodeOwners } from './code-owners.ts';
import { documentOf, type Finding, stackFileOf } from './finding.ts';

const codeOwnersFile = 'CODEOWNERS';

/** As in lib/teams.ts. */
export type OwningTeams = Readonly<Record<string, { readonly codeOwner: string }>>;

/** Whoever promises something reviews every change of it, and nobody is asked for a review who is no team. */
export function checkCodeOwners(
  documents: readonly PromiseDocument[],
  teams: OwningTeams,
  codeOwners: string,
): Finding[] {
  const rules = parseCodeOwners(codeOwners);
  const known = new Set(Object.values(teams).map(({ codeOwner }) => codeOwner));
  const unknown = rules.flatMap(({ line, owners }) =>
    owners
      .filter((owner) => !known.has(owner))
      .map((owner): Finding => ({
        rule: 'unknown-code-owner',
        construct: codeOwnersFile,
        problem: `Line ${line} of ${codeOwnersFile} asks ${owner} for reviews, who is the codeOwner of no team.`,
        mend: `Write one of ${[...known].join(', ')} in ${codeOwnersFile}, or give ${owner} a team in lib/teams.ts.`,
      })),
  );
  const foreign = documents.flatMap(({ service, team }) => {
    const owner = teams[team]?.codeOwner;
    const places = [
      { pattern: `/functions/${service}/`, file: documentOf(service) },
      { pattern: `/${stackFileOf(service)}`, file: stackFileOf(service) },
    ];
    return places.flatMap(({ pattern, file }): Finding[] => {
      const owners = ownersOf(file, rules);
      // A team that there is not has a finding of its own.
      return owner === undefined || owners.includes(owner)
        ? []
        : [
            {
              rule: 'code-owned-by-others',
              construct: codeOwnersFile,
              problem: `${service} is owned by the team ${team} (${owner}), and ${codeOwnersFile} asks ${owners.join(', ') || 'nobody'} about ${pattern}.`,
              mend: `Add “${pattern} ${owner}” to the end of ${codeOwnersFile}, or change the team in ${documentOf(service)}.`,
            },
          ];
    });
  });
  return [...unknown, ...foreign];
}
