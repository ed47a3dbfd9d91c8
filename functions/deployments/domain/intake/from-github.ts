import * as z from 'zod';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { chainOf, earliest, hintsOf, readPayload, type Translated, type Translation } from './translation.ts';

const time = z.iso.datetime({ offset: true });
const repository = z.looseObject({ full_name: z.string(), html_url: z.url(), default_branch: z.string() });
const base = { repository };

const pushSchema = z.looseObject({
  ...base,
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
const pullRequestSchema = z.looseObject({ ...base, action: z.string(), pull_request: pullRequest });
const reviewSchema = z.looseObject({
  ...base,
  action: z.string(),
  pull_request: pullRequest.partial({ merged: true }),
  review: z.looseObject({ id: z.int(), submitted_at: time.nullish(), html_url: z.url() }),
});
const deployment = z.looseObject({
  id: z.int(),
  sha: z.string(),
  task: z.string(),
  environment: z.string().min(1),
  created_at: time,
  payload: z.unknown(),
});
const deploymentSchema = z.looseObject({ ...base, deployment });
const deploymentStatusSchema = z.looseObject({
  ...base,
  deployment,
  deployment_status: z.looseObject({
    id: z.int(),
    state: z.string(),
    created_at: time,
    target_url: z.string().nullish(),
    log_url: z.string().nullish(),
  }),
});
const workflowRunSchema = z.looseObject({
  ...base,
  action: z.string(),
  workflow_run: z.looseObject({
    id: z.int(),
    run_attempt: z.int().optional(),
    name: z.string().nullish(),
    html_url: z.url(),
    head_sha: z.string(),
    conclusion: z.string().nullish(),
    created_at: time,
    updated_at: time,
  }),
});
const releaseSchema = z.looseObject({
  ...base,
  action: z.string(),
  release: z.looseObject({
    id: z.int(),
    tag_name: z.string(),
    html_url: z.url(),
    published_at: time.nullish(),
    author: z.looseObject({ login: z.string() }).nullish(),
  }),
});

type Repository = z.infer<typeof repository>;

/**
 * What a webhook of GitHub says of changes and deployments. Ids are those of what happened, not of the delivery: a hook of the repository and one of the
 * organisation tell the same event.
 * Source: GitHub documentation, "Webhook events and payloads".
 *
 * @throws UnreadablePayload
 */
export function fromGitHub(event: string, payload: unknown, directory: DirectoryIndex): Translated {
  switch (event) {
    case 'push':
      return fromPush(readPayload(pushSchema, payload), directory);
    case 'pull_request':
      return fromPullRequest(readPayload(pullRequestSchema, payload), directory);
    case 'pull_request_review':
      return fromReview(readPayload(reviewSchema, payload), directory);
    case 'deployment':
      return fromDeployment(readPayload(deploymentSchema, payload), directory);
    case 'deployment_status':
      return fromDeploymentStatus(readPayload(deploymentStatusSchema, payload), directory);
    case 'workflow_run':
      return fromWorkflowRun(readPayload(workflowRunSchema, payload), directory);
    case 'release':
      return fromRelease(readPayload(releaseSchema, payload), directory);
    default:
      return { ignored: `Nothing follows from the event ${event}.` };
  }
}

/** Whom it concerns: those of the directory, else a name made of the repository's. */
function servicesOf(
  { full_name, html_url }: Repository,
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

const repositoryContent = ({ full_name }: Repository, source = 'https://github.com') => ({
  repository: { id: full_name, source },
});

/** A push to the main branch is a change merged. A merged pull request pushes too, and its commit says so: then both tell of the same change. */
function fromPush(
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
        services: servicesOf(repository, directory, files.length === 0 ? {} : { files }),
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

function fromPullRequest(
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
        services: servicesOf(repository, directory),
      },
    ],
  };
}

function fromReview(
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
        services: servicesOf(repository, directory),
      },
    ],
  };
}

/** What a deployment's payload may say to us: which service of a repository is deployed, and whether it goes back. */
const payloadSchema = z
  .looseObject({
    service: z.string().min(1).optional(),
    rollback: z.boolean().optional(),
    unplanned: z.boolean().optional(),
  })
  .catch({});

type Deployment = z.infer<typeof deployment>;

function toldBy({ payload }: Deployment): z.infer<typeof payloadSchema> {
  // GitHub hands on as text what was given as text.
  const text = typeof payload === 'string' ? /^\s*\{/u.test(payload) : false;
  try {
    return payloadSchema.parse(text && typeof payload === 'string' ? JSON.parse(payload) : payload);
  } catch {
    // Whoever deploys may write there what they like; it says nothing to us then.
    return {};
  }
}

const runOf = (
  { repository, deployment }: { repository: Repository; deployment: Deployment },
  directory: DirectoryIndex,
): Pick<Translation, 'source' | 'subject' | 'chain' | 'services'> => ({
  source: repository.html_url,
  subject: `deployment/${deployment.id}`,
  chain: chainOf(repository.html_url, deployment.sha),
  services: servicesOf(repository, directory, { service: toldBy(deployment).service }),
});

function fromDeployment(told: z.infer<typeof deploymentSchema>, directory: DirectoryIndex): Translated {
  const { id, environment, created_at } = told.deployment;
  return {
    translations: [
      {
        ...runOf(told, directory),
        type: 'pipelinerun.queued',
        id: `deployment/${id}`,
        at: created_at,
        content: { pipelineName: `deployment to ${environment}` },
      },
    ],
  };
}

function fromDeploymentStatus(
  told: z.infer<typeof deploymentStatusSchema>,
  directory: DirectoryIndex,
): Translated {
  const { repository, deployment, deployment_status: status } = told;
  const common = {
    ...runOf(told, directory),
    id: `deployment/${deployment.id}/status/${status.id}`,
    at: status.created_at,
  };
  const pipelineName = `deployment to ${deployment.environment}`;
  const uri = status.log_url || status.target_url || `${repository.html_url}/deployments`;
  switch (status.state) {
    case 'in_progress':
      return { translations: [{ ...common, type: 'pipelinerun.started', content: { pipelineName, uri } }] };
    case 'success': {
      const { rollback, unplanned } = toldBy(deployment);
      const isRollback = rollback === true || /roll-?back/iu.test(deployment.task);
      return {
        translations: [
          {
            ...common,
            type: isRollback ? 'service.rolledback' : 'service.deployed',
            content: {
              environment: { id: deployment.environment },
              artifactId: `pkg:github/${repository.full_name.toLowerCase()}@${deployment.sha}`,
            },
            hints: hintsOf({ unplanned, url: z.url().safeParse(uri).data }),
          },
        ],
      };
    }
    case 'failure':
    case 'error':
      return {
        translations: [
          { ...common, type: 'pipelinerun.finished', content: { pipelineName, uri, outcome: status.state } },
        ],
      };
    default:
      return { ignored: `Nothing follows from a deployment that is ${status.state}.` };
  }
}

const conclusions: Readonly<Record<string, string>> = {
  success: 'success',
  neutral: 'success',
  skipped: 'success',
  cancelled: 'cancel',
  failure: 'failure',
  timed_out: 'error',
  startup_failure: 'error',
};

function fromWorkflowRun(
  { repository, action, workflow_run: run }: z.infer<typeof workflowRunSchema>,
  directory: DirectoryIndex,
): Translated {
  const states: Readonly<Record<string, string>> = {
    requested: 'queued',
    in_progress: 'started',
    completed: 'finished',
  };
  const state = states[action];
  if (state === undefined) {
    return { ignored: `Nothing follows from a workflow run that is ${action}.` };
  }
  const pipelineName = run.name ?? 'workflow';
  return {
    translations: [
      {
        type: `pipelinerun.${state}`,
        id: `workflow_run/${run.id}/${run.run_attempt ?? 1}/${action}`,
        source: repository.html_url,
        at: action === 'requested' ? run.created_at : run.updated_at,
        subject: `workflow_run/${run.id}`,
        content: {
          pipelineName,
          uri: run.html_url,
          ...(state === 'finished' ? { outcome: conclusions[run.conclusion ?? ''] ?? 'error' } : {}),
        },
        chain: chainOf(repository.html_url, run.head_sha),
        services: servicesOf(repository, directory),
      },
    ],
  };
}

function fromRelease(
  { repository, action, release }: z.infer<typeof releaseSchema>,
  directory: DirectoryIndex,
): Translated {
  if (action !== 'published' || typeof release.published_at !== 'string') {
    return { ignored: `Nothing follows from a release that is ${action}.` };
  }
  return {
    translations: [
      {
        type: 'artifact.published',
        id: `release/${release.id}`,
        source: repository.html_url,
        at: release.published_at,
        subject: `pkg:github/${repository.full_name.toLowerCase()}@${encodeURIComponent(release.tag_name)}`,
        content: release.author?.login === undefined ? {} : { user: release.author.login },
        hints: hintsOf({ url: release.html_url }),
        services: servicesOf(repository, directory),
      },
    ],
  };
}
