import * as z from 'zod';
import type { DirectoryIndex } from './directory-index.ts';
import {
  fromPullRequest,
  fromPush,
  fromReview,
  pullRequestSchema,
  pushSchema,
  reviewSchema,
} from './github-changes.ts';
import {
  deploymentSchema,
  deploymentStatusSchema,
  fromDeployment,
  fromDeploymentStatus,
} from './github-deployments.ts';
import { gitHubRepository, gitHubTime as time, servicesOfRepository } from './github-repository.ts';
import { chainOf, hintsOf, readPayload, type Translated } from './translation.ts';

const workflowRunSchema = z.looseObject({
  repository: gitHubRepository,
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
  repository: gitHubRepository,
  action: z.string(),
  release: z.looseObject({
    id: z.int(),
    tag_name: z.string(),
    html_url: z.url(),
    published_at: time.nullish(),
    author: z.looseObject({ login: z.string() }).nullish(),
  }),
});

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
        services: servicesOfRepository(repository, directory),
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
        services: servicesOfRepository(repository, directory),
      },
    ],
  };
}
