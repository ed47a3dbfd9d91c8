import * as z from 'zod';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { chainOf } from './translation.ts';

/** GitLab writes times in three ways: ISO 8601, `2026-06-01 12:00:00 UTC` and `2026-06-01 12:00:00 +0200`. */
export const gitLabTime = z.string().transform((text, context) => {
  const normal = text.replace(
    /^(\S+) (\S+) (UTC|[+-]\d{4})$/u,
    (_, date: string, clock: string, zone: string) =>
      `${date}T${clock}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`,
  );
  const ms = Date.parse(normal);
  if (Number.isNaN(ms)) {
    context.addIssue({ code: 'custom', message: 'write a time of day and date' });
    return z.NEVER;
  }
  return new Date(ms).toISOString();
});

/** The part of a project that every webhook of GitLab has. */
export const gitLabProject = z.looseObject({
  path_with_namespace: z.string(),
  web_url: z.url(),
  default_branch: z.string().nullish(),
});

export type GitLabProject = z.infer<typeof gitLabProject>;

/** Whom something in a project concerns: those of the directory, else a name made of the project's. */
export function servicesOfProject(
  { path_with_namespace, web_url }: GitLabProject,
  directory: DirectoryIndex,
  files?: readonly string[],
): string[] {
  const touched =
    files === undefined || files.length === 0 ? [] : directory.ofRepository({ address: web_url, files });
  const found = touched.length > 0 ? touched : directory.ofRepository({ address: web_url });
  return found.length > 0 ? found : [toServiceId(path_with_namespace)];
}

/** A deployment names its commit by its first eight characters, so chains of GitLab do. */
export const chainOfCommit = ({ web_url }: GitLabProject, commit: string): string =>
  chainOf(web_url, commit.slice(0, 8));
