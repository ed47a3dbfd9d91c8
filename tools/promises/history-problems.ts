import type { PromiseDocument } from '../../functions/contracts/promise.ts';
import { compareVersions } from './version.ts';

/** What is wrong with a document's list of changes, in sentences: it begins with the document's version and goes back from there, in versions and in time. */
export function historyProblems({
  service,
  version,
  changes,
}: Pick<PromiseDocument, 'service' | 'version' | 'changes'>): string[] {
  const problems: string[] = [];
  const newest = changes[0]?.version;
  if (newest !== version) {
    problems.push(
      `${service}: the document has version ${version}, and its list of changes begins with ${newest ?? 'nothing'}. Begin it with ${version}, a date and what changed.`,
    );
  }
  for (const [index, { version: newer, date }] of changes.entries()) {
    const older = changes[index + 1];
    if (older !== undefined && compareVersions(newer, older.version) <= 0) {
      problems.push(
        `${service}: in the list of changes ${newer} stands before ${older.version}. Put the newest first, and each version once.`,
      );
    }
    if (older !== undefined && date < older.date) {
      problems.push(
        `${service}: version ${newer} is dated ${date}, before ${older.version} of ${older.date}. Give it the day on which it is released.`,
      );
    }
  }
  return problems;
}
