import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { teams } from '../teams.ts';
import { checkDocuments } from './check-documents.ts';
import { NotOwned } from './not-owned.ts';
import { readProject } from './read-project.ts';

/** Throws `NotOwned` when the promise documents do not say who owns what, on what it stands, or contradict each other. To be asked before anything is made of them. */
export function refuseUnowned(documents: readonly PromiseDocument[]): void {
  const findings = checkDocuments({ documents, teams, codeOwners: readProject('CODEOWNERS') });
  if (findings.length > 0) {
    throw new NotOwned(findings);
  }
}
