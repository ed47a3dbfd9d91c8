import * as z from 'zod';
import { type PromiseDocument, promiseDocumentSchema } from '../../functions/contracts/promise.ts';
import { at } from './assembly.ts';
import { checkCodeOwners, type OwningTeams } from './check-code-owners.ts';
import { documentOf, type Finding } from './finding.ts';
import { checkDependencies } from './rules/dependencies.ts';
import { checkMeasures } from './rules/measures.ts';

/** Where every document is listed. */
const registryFile = 'functions/promises.ts';

export interface Declared {
  /** As they were written: nothing of them is believed yet. */
  readonly documents: readonly unknown[];
  readonly teams: OwningTeams;
  /** The text of CODEOWNERS. */
  readonly codeOwners: string;
}

/** What is wrong with the promise documents by themselves, before anything is made of them. */
export function checkDocuments({ documents, teams, codeOwners }: Declared): Finding[] {
  const judged = documents.map((document, index) => judge(document, index));
  const sound = judged.flatMap(({ document }) => (document === undefined ? [] : [document]));
  const unread = new Set(
    judged.flatMap(({ document }, index) =>
      document === undefined ? [String(at(documents[index], 'service'))] : [],
    ),
  );
  return [
    ...judged.flatMap(({ findings }) => findings),
    ...checkTeams(sound, teams),
    ...checkNames(sound),
    ...sound.flatMap(checkVersions),
    ...checkMeasures(sound),
    ...checkDependencies(sound, unread),
    ...checkCodeOwners(sound, teams, codeOwners),
  ];
}

interface Judged {
  readonly findings: readonly Finding[];
  /** When it is what the schema says. */
  readonly document?: PromiseDocument;
}

function judge(written: unknown, index: number): Judged {
  const parsed = promiseDocumentSchema.safeParse(written);
  if (parsed.success) {
    return { findings: [], document: parsed.data };
  }
  const service = at(written, 'service');
  const file = typeof service === 'string' ? documentOf(service) : registryFile;
  const name = typeof service === 'string' ? service : `Document ${index + 1} of ${registryFile}`;
  return {
    findings: parsed.error.issues.map((issue): Finding => {
      if (issue.path.length === 1 && issue.path[0] === 'team' && !at(written, 'team')) {
        return {
          rule: 'service-without-team',
          construct: file,
          problem: `${name} has no team: nobody answers for it.`,
          mend: `Set team in ${file} to the name of one in lib/teams.ts.`,
        };
      }
      const place = z.core.toDotPath(issue.path);
      const of = elementAt(written, issue.path);
      return {
        rule: 'document-not-as-agreed',
        construct: file,
        problem: `${place === '' ? name : `${place} of ${name}`}${of} is not as functions/contracts/promise.ts says: ${issue.message}.`,
        mend: `Correct ${place === '' ? 'it' : place} in ${file}.`,
      };
    }),
  };
}

/** Which promise or dependency a path is in, by its name rather than its number. */
function elementAt(written: unknown, path: readonly PropertyKey[]): string {
  const [list, index] = path;
  if (typeof list !== 'string' || typeof index !== 'number') {
    return '';
  }
  const element = at(written, list, index);
  const name = at(element, 'id') ?? at(element, 'on', 'promise') ?? at(element, 'on', 'provider');
  return typeof name === 'string' ? ` (${name})` : '';
}

function checkTeams(documents: readonly PromiseDocument[], teams: OwningTeams): Finding[] {
  return documents
    .filter(({ team }) => !Object.hasOwn(teams, team))
    .map(({ service, team }) => ({
      rule: 'unknown-team',
      construct: documentOf(service),
      problem: `${service} is owned by “${team}”, which is no team; there are ${Object.keys(teams).join(', ')}.`,
      mend: `Set team in ${documentOf(service)} to one of them, or add “${team}” to lib/teams.ts.`,
    }));
}

function checkNames(documents: readonly PromiseDocument[]): Finding[] {
  const twice = (names: readonly string[]): Set<string> =>
    new Set([...Map.groupBy(names, (name) => name)].flatMap(([name, all]) => (all.length > 1 ? [name] : [])));
  const services = [...twice(documents.map(({ service }) => service))].map((service): Finding => ({
    rule: 'service-declared-twice',
    construct: registryFile,
    problem: `More than one document of ${registryFile} is the service “${service}”: each would own the other’s stack.`,
    mend: `Rename one of them in its promise.ts, or take it out of ${registryFile}.`,
  }));
  const promises = documents.flatMap(({ service, promises }) =>
    [...twice(promises.map(({ id }) => id))].map((id): Finding => ({
      rule: 'promise-made-twice',
      construct: documentOf(service),
      problem: `${service} makes the promise “${id}” more than once: who depends on it could not know on which.`,
      mend: `Give one of them another id in ${documentOf(service)}.`,
    })),
  );
  return [...services, ...promises];
}

/** The version is the newest change, and changes go back in time. */
function checkVersions({ service, version, changes }: PromiseDocument): Finding[] {
  const file = documentOf(service);
  const found: Finding[] = [];
  const newest = changes[0]?.version;
  if (newest !== version) {
    found.push({
      rule: 'version-without-change',
      construct: file,
      problem: `${service} is at version ${version}, and its newest change is ${newest ?? 'none'}.`,
      mend: `Begin changes in ${file} with version ${version}, its date and what changed, or correct version.`,
    });
  }
  for (const [index, change] of changes.entries()) {
    const before = changes[index + 1];
    if (before !== undefined && (!isNewer(change.version, before.version) || change.date < before.date)) {
      found.push({
        rule: 'changes-out-of-order',
        construct: file,
        problem: `The changes of ${service} are not in order, newest first: ${change.version} of ${change.date} stands before ${before.version} of ${before.date}.`,
        mend: `Put changes in ${file} in the order of their versions and dates, each version once.`,
      });
    }
  }
  return found;
}

function isNewer(version: string, than: string): boolean {
  const numbers = version.split('.').map(Number);
  const others = than.split('.').map(Number);
  const place = numbers.findIndex((number, index) => number !== others[index]);
  return place >= 0 && (numbers[place] ?? 0) > (others[place] ?? 0);
}
