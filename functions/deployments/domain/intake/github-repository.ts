import * as z from 'zod';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';

/** As GitHub writes times: ISO 8601 with an offset. */
export const gitHubTime = z.iso.datetime({ offset: true });

/** The part of a repository that every webhook of GitHub has. */
export const gitHubRepository = z.looseObject({
  full_name: z.string(),
  html_url: z.url(),
  default_branch: z.string(),
});
export type GitHubRepository = z.infer<typeof gitHubRepository>;

/** Whom something in a repository concerns: those of the directory, else a name made of the repository's. */
export function servicesOfRepository(
  { full_name, html_url }: GitHubRepository,
  directory: DirectoryIndex,
  more: { service?: string | undefined; files?: readonly string[] } = {},
): string[] {
  const found = directory.ofRepository({ address: html_url, ...more });
  if (found.length > 0) {
    return found;
  }
  // Files that are nobody's in a repository whose services are known concern all of them.
  const all = directory.ofRepository({ address: html_url });
  return all.length > 0 ? all : [more.service ?? toServiceId(full_name)];
}
