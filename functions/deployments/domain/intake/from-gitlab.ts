import * as z from 'zod';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { chainOf, earliest, hintsOf, readPayload, type Translated } from './translation.ts';

/** GitLab writes times in three ways: ISO 8601, `2026-06-01 12:00:00 UTC` and `2026-06-01 12:00:00 +0200`. */
const time = z.string().transform((text, context) => {
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

const project = z.looseObject({
  path_with_namespace: z.string(),
  web_url: z.url(),
  default_branch: z.string().nullish(),
});

const pushSchema = z.looseObject({
  project,
  ref: z.string(),
  after: z.string(),
  checkout_sha: z.string().nullish(),
  commits: z.array(
    z.looseObject({
      timestamp: time,
      added: z.array(z.string()).optional(),
      modified: z.array(z.string()).optional(),
      removed: z.array(z.string()).optional(),
      url: z.url().optional(),
    }),
  ),
});
const mergeRequestSchema = z.looseObject({
  project,
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
const deploymentSchema = z.looseObject({
  project,
  deployment_id: z.int(),
  status: z.string(),
  status_changed_at: time,
  environment: z.string().min(1),
  deployable_url: z.url().nullish(),
  commit_url: z.string().nullish(),
  short_sha: z.string(),
});
const pipelineSchema = z.looseObject({
  project,
  object_attributes: z.looseObject({
    id: z.int(),
    status: z.string(),
    sha: z.string(),
    url: z.url().optional(),
    name: z.string().nullish(),
    created_at: time,
    finished_at: time.nullish(),
  }),
});
const releaseSchema = z.looseObject({
  project,
  id: z.int(),
  action: z.string(),
  tag: z.string(),
  url: z.url(),
  released_at: time,
});

type Project = z.infer<typeof project>;

/**
 * What a webhook of GitLab says of changes and deployments.
 * Source: GitLab documentation, "Webhook events".
 *
 * @throws UnreadablePayload
 */
export function fromGitLab(event: string, payload: unknown, directory: DirectoryIndex): Translated {
  switch (event) {
    case 'Push Hook':
      return fromPush(readPayload(pushSchema, payload), directory);
    case 'Merge Request Hook':
      return fromMergeRequest(readPayload(mergeRequestSchema, payload), directory);
    case 'Deployment Hook':
      return fromDeployment(readPayload(deploymentSchema, payload), directory);
    case 'Pipeline Hook':
      return fromPipeline(readPayload(pipelineSchema, payload), directory);
    case 'Release Hook':
      return fromRelease(readPayload(releaseSchema, payload), directory);
    default:
      return { ignored: `Nothing follows from the event ${event}.` };
  }
}

function servicesOf(
  { path_with_namespace, web_url }: Project,
  directory: DirectoryIndex,
  files?: readonly string[],
): string[] {
  const touched =
    files === undefined || files.length === 0 ? [] : directory.ofRepository({ address: web_url, files });
  const found = touched.length > 0 ? touched : directory.ofRepository({ address: web_url });
  return found.length > 0 ? found : [toServiceId(path_with_namespace)];
}

const repositoryOf = ({ path_with_namespace, web_url }: Project) => ({
  repository: { id: path_with_namespace, source: new URL(web_url).origin },
});

function fromPush(
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
  return {
    translations: [
      {
        type: 'change.merged',
        id: `push/${commit}`,
        source: project.web_url,
        at: last.timestamp,
        subject: commit,
        content: repositoryOf(project),
        hints: hintsOf({
          committedAt: earliest(commits.map(({ timestamp }) => timestamp)),
          url: last.url,
        }),
        chain: chainOf(project.web_url, commit.slice(0, 8)),
        services: servicesOf(project, directory, files),
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

/** The commit that a merge makes is the change, so that its push tells of the same one. */
function fromMergeRequest(
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
        subject: commit ?? `merge_request/${request.iid}`,
        content: {
          ...repositoryOf(project),
          ...(type === 'change.created' ? { description: request.title } : {}),
        },
        hints: hintsOf({
          url: request.url,
          committedAt: isMerged ? earliest([request.created_at, request.last_commit?.timestamp]) : undefined,
        }),
        chain: commit === undefined ? undefined : chainOf(project.web_url, commit.slice(0, 8)),
        services: servicesOf(project, directory),
      },
    ],
  };
}

/** A deployment names its commit by its first eight characters, so chains of GitLab do. */
function fromDeployment(
  { project, ...deployment }: z.infer<typeof deploymentSchema>,
  directory: DirectoryIndex,
): Translated {
  const { deployment_id: id, status, environment, status_changed_at: at, short_sha: commit } = deployment;
  const uri = deployment.deployable_url ?? `${project.web_url}/-/environments`;
  const pipelineName = `deployment to ${environment}`;
  const common = {
    id: `deployment/${id}/${status}`,
    source: project.web_url,
    at,
    subject: `deployment/${id}`,
    chain: chainOf(project.web_url, commit.slice(0, 8)),
    services: servicesOf(project, directory),
  };
  switch (status) {
    case 'running':
      return { translations: [{ ...common, type: 'pipelinerun.started', content: { pipelineName, uri } }] };
    case 'success':
      return {
        translations: [
          {
            ...common,
            type: 'service.deployed',
            content: {
              environment: { id: environment },
              artifactId: `pkg:gitlab/${project.path_with_namespace.toLowerCase()}@${commit}`,
            },
            hints: hintsOf({ url: uri }),
          },
        ],
      };
    case 'failed':
    case 'canceled':
      return {
        translations: [
          {
            ...common,
            type: 'pipelinerun.finished',
            content: { pipelineName, uri, outcome: status === 'failed' ? 'failure' : 'cancel' },
          },
        ],
      };
    default:
      return { ignored: `Nothing follows from a deployment that is ${status}.` };
  }
}

const pipelineStates: Readonly<Record<string, readonly [string, string?]>> = {
  pending: ['queued'],
  running: ['started'],
  success: ['finished', 'success'],
  failed: ['finished', 'failure'],
  canceled: ['finished', 'cancel'],
};

function fromPipeline(
  { project, object_attributes: run }: z.infer<typeof pipelineSchema>,
  directory: DirectoryIndex,
): Translated {
  const [state, outcome] = pipelineStates[run.status] ?? [];
  if (state === undefined) {
    return { ignored: `Nothing follows from a pipeline that is ${run.status}.` };
  }
  return {
    translations: [
      {
        type: `pipelinerun.${state}`,
        id: `pipeline/${run.id}/${run.status}`,
        source: project.web_url,
        at: run.finished_at ?? run.created_at,
        subject: `pipeline/${run.id}`,
        content: {
          pipelineName: run.name ?? 'pipeline',
          uri: run.url ?? `${project.web_url}/-/pipelines/${run.id}`,
          ...(outcome === undefined ? {} : { outcome }),
        },
        chain: chainOf(project.web_url, run.sha.slice(0, 8)),
        services: servicesOf(project, directory),
      },
    ],
  };
}

function fromRelease(
  { project, id, action, tag, url, released_at }: z.infer<typeof releaseSchema>,
  directory: DirectoryIndex,
): Translated {
  if (action !== 'create') {
    return { ignored: `Nothing follows from a release with the action ${action}.` };
  }
  return {
    translations: [
      {
        type: 'artifact.published',
        id: `release/${id}`,
        source: project.web_url,
        at: released_at,
        subject: `pkg:gitlab/${project.path_with_namespace.toLowerCase()}@${encodeURIComponent(tag)}`,
        content: {},
        hints: hintsOf({ url }),
        services: servicesOf(project, directory),
      },
    ],
  };
}
