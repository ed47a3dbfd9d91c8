import * as z from 'zod';
import type { DirectoryIndex } from './directory-index.ts';
import {
  gitHubRepository,
  type GitHubRepository,
  gitHubTime as time,
  servicesOfRepository,
} from './github-repository.ts';
import { chainOf, earliest, hintsOf, type Translated } from './translation.ts';

export const pushSchema = z.looseObject({
  repository: gitHubRepository,
  ref: z.string(),
  after: z.string(),
  deleted: z.boolean().optional(),
  head_commit: z.looseObject({ message: z.string(), timestamp: time, url: z.url().optional() }).nullable(),
  commits: z.array(
    z.looseObject({
      timestamp: time,
      added: z.array(z.string()).optional(),
      modified: z.array(z.string()).optional(),
      removed: z.array(z.string()).optional(),
    }),
  ),
});
const pullRequest = z.looseObject({
  number: z.int(),
  title: z.string(),
  html_url: z.url(),
  created_at: time,
  updated_at: time,
  closed_at: time.nullish(),
  merged_at: time.nullish(),
  merged: z.boolean().optional(),
  merge_commit_sha: z.string().nullish(),
  head: z.looseObject({ sha: z.string() }),
});
export const pullRequestSchema = z.looseObject({
  repository: gitHubRepository,
  action: z.string(),
  pull_request: pullRequest,
});
export const reviewSchema = z.looseObject({
  repository: gitHubRepository,
  action: z.string(),
  pull_request: pullRequest.partial({ merged: true }),
  review: z.looseObject({ id: z.int(), submitted_at: time.nullish(), html_url: z.url() }),
});
const repositoryContent = ({ full_name }: GitHubRepository) => ({
  repository: { id: full_name, source: 'https://github.com' },
});

/** A push to the main branch is a change merged. A merged pull request pushes too, and its commit says so: then both tell of the same change. */
export function fromPush(
  { repository, ref, after, deleted, head_commit, commits }: z.infer<typeof pushSchema>,
  directory: DirectoryIndex,
): Translated {
  if (ref !== `refs/heads/${repository.default_branch}` || deleted === true || head_commit === null) {
    return { ignored: `${ref} is not the branch that is deployed.` };
  }
  const [title = ''] = head_commit.message.split('\n');
  const pull = /^Merge pull request #(\d+) |\(#(\d+)\)$/u.exec(title);
  const number = pull?.[1] ?? pull?.[2];
  const files = commits.flatMap(({ added = [], modified = [], removed = [] }) => [
    ...added,
    ...modified,
    ...removed,
  ]);
  return {
    translations: [
      {
        type: 'change.merged',
        id: `push/${after}`,
        source: repository.html_url,
        at: head_commit.timestamp,
        subject: number === undefined ? after : `pull/${number}`,
        content: repositoryContent(repository),
        hints: hintsOf({
          committedAt: earliest(commits.map(({ timestamp }) => timestamp)),
          url: head_commit.url,
        }),
        chain: chainOf(repository.html_url, after),
        services: servicesOfRepository(repository, directory, files.length === 0 ? {} : { files }),
      },
    ],
  };
}

const pullActions: Readonly<Record<string, string>> = {
  opened: 'change.created',
  reopened: 'change.created',
  synchronize: 'change.updated',
  edited: 'change.updated',
  ready_for_review: 'change.updated',
};

export function fromPullRequest(
  { repository, action, pull_request: pull }: z.infer<typeof pullRequestSchema>,
  directory: DirectoryIndex,
): Translated {
  const isMerged = pull.merged === true;
  const type = action === 'closed' ? (isMerged ? 'change.merged' : 'change.abandoned') : pullActions[action];
  if (type === undefined) {
    return { ignored: `Nothing follows from a pull request that is ${action}.` };
  }
  const commit = isMerged ? (pull.merge_commit_sha ?? undefined) : undefined;
  const at = action === 'opened' ? pull.created_at : (pull.merged_at ?? pull.closed_at ?? pull.updated_at);
  return {
    translations: [
      {
        type,
        id: `pull/${pull.number}/${action}/${at}`,
        source: repository.html_url,
        at,
        subject: `pull/${pull.number}`,
        content: {
          ...repositoryContent(repository),
          ...(type === 'change.created' ? { description: pull.title } : {}),
        },
        hints: hintsOf({ url: pull.html_url, committedAt: isMerged ? pull.created_at : undefined }),
        chain: commit === undefined ? undefined : chainOf(repository.html_url, commit),
        services: servicesOfRepository(repository, directory),
      },
    ],
  };
}

export function fromReview(
  { repository, action, pull_request: pull, review }: z.infer<typeof reviewSchema>,
  directory: DirectoryIndex,
): Translated {
  if (action !== 'submitted') {
    return { ignored: `Nothing follows from a review that is ${action}.` };
  }
  return {
    translations: [
      {
        type: 'change.reviewed',
        id: `review/${review.id}`,
        source: repository.html_url,
        at: review.submitted_at ?? pull.updated_at,
        subject: `pull/${pull.number}`,
        content: repositoryContent(repository),
        hints: hintsOf({ url: review.html_url }),
        services: servicesOfRepository(repository, directory),
      },
    ],
  };
}
