import * as z from 'zod';
import type { DirectoryIndex } from './directory-index.ts';
import {
  chainOfCommit,
  gitLabProject,
  type GitLabProject,
  gitLabTime as time,
  servicesOfProject,
} from './gitlab-project.ts';
import { earliest, hintsOf, type Translated } from './translation.ts';

export const pushSchema = z.looseObject({
  project: gitLabProject,
  ref: z.string(),
  after: z.string(),
  checkout_sha: z.string().nullish(),
  commits: z.array(
    z.looseObject({
      message: z.string().optional(),
      timestamp: time,
      added: z.array(z.string()).optional(),
      modified: z.array(z.string()).optional(),
      removed: z.array(z.string()).optional(),
      url: z.url().optional(),
    }),
  ),
});
export const mergeRequestSchema = z.looseObject({
  project: gitLabProject,
  object_attributes: z.looseObject({
    iid: z.int(),
    title: z.string(),
    url: z.url(),
    action: z.string().optional(),
    created_at: time,
    updated_at: time,
    merge_commit_sha: z.string().nullish(),
    last_commit: z.looseObject({ id: z.string(), timestamp: time.optional() }).nullish(),
  }),
});
const repositoryOf = ({ path_with_namespace, web_url }: GitLabProject) => ({
  repository: { id: path_with_namespace, source: new URL(web_url).origin },
});

/** A push to the main branch is a change merged. A merge pushes too, and its commit names the request: then both tell of the same change. */
export function fromPush(
  { project, ref, after, checkout_sha, commits }: z.infer<typeof pushSchema>,
  directory: DirectoryIndex,
): Translated {
  const last = commits.at(-1);
  if (ref !== `refs/heads/${project.default_branch ?? 'main'}` || last === undefined) {
    return { ignored: `${ref} is not the branch that is deployed, or nothing was added to it.` };
  }
  const files = commits.flatMap(({ added = [], modified = [], removed = [] }) => [
    ...added,
    ...modified,
    ...removed,
  ]);
  const commit = checkout_sha ?? after;
  const [, merged] = /^See merge request \S*!(\d+)$/mu.exec(last.message ?? '') ?? [];
  return {
    translations: [
      {
        type: 'change.merged',
        id: `push/${commit}`,
        source: project.web_url,
        at: last.timestamp,
        subject: merged === undefined ? commit : `merge_request/${merged}`,
        content: repositoryOf(project),
        hints: hintsOf({
          committedAt: earliest(commits.map(({ timestamp }) => timestamp)),
          url: last.url,
        }),
        chain: chainOfCommit(project, commit),
        services: servicesOfProject(project, directory, files),
      },
    ],
  };
}

const mergeActions: Readonly<Record<string, string>> = {
  open: 'change.created',
  reopen: 'change.created',
  update: 'change.updated',
  approved: 'change.reviewed',
  unapproved: 'change.reviewed',
  merge: 'change.merged',
  close: 'change.abandoned',
};

export function fromMergeRequest(
  { project, object_attributes: request }: z.infer<typeof mergeRequestSchema>,
  directory: DirectoryIndex,
): Translated {
  const type = mergeActions[request.action ?? ''];
  if (type === undefined) {
    return { ignored: `Nothing follows from a merge request with the action ${request.action ?? 'none'}.` };
  }
  const isMerged = type === 'change.merged';
  const commit = isMerged ? (request.merge_commit_sha ?? request.last_commit?.id) : undefined;
  return {
    translations: [
      {
        type,
        id: `merge_request/${request.iid}/${request.action}/${request.updated_at}`,
        source: project.web_url,
        at: request.action === 'open' ? request.created_at : request.updated_at,
        subject: `merge_request/${request.iid}`,
        content: {
          ...repositoryOf(project),
          ...(type === 'change.created' ? { description: request.title } : {}),
        },
        hints: hintsOf({
          url: request.url,
          committedAt: isMerged ? earliest([request.created_at, request.last_commit?.timestamp]) : undefined,
        }),
        chain: commit === undefined ? undefined : chainOfCommit(project, commit),
        services: servicesOfProject(project, directory),
      },
    ],
  };
}
