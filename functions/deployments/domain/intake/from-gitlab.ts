import * as z from 'zod';
import type { DirectoryIndex } from './directory-index.ts';
import { fromMergeRequest, fromPush, mergeRequestSchema, pushSchema } from './gitlab-changes.ts';
import { deploymentSchema, fromDeployment, fromPipeline, pipelineSchema } from './gitlab-deployments.ts';
import { gitLabProject, gitLabTime as time, servicesOfProject } from './gitlab-project.ts';
import { hintsOf, readPayload, type Translated } from './translation.ts';

const releaseSchema = z.looseObject({
  project: gitLabProject,
  id: z.int(),
  action: z.string(),
  tag: z.string(),
  url: z.url(),
  released_at: time,
});

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
        services: servicesOfProject(project, directory),
      },
    ],
  };
}
