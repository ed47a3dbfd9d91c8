import * as z from 'zod';
import type { DirectoryIndex } from './directory-index.ts';
import { chainOfCommit, gitLabProject, gitLabTime as time, servicesOfProject } from './gitlab-project.ts';
import { hintsOf, type Translated } from './translation.ts';

export const deploymentSchema = z.looseObject({
  project: gitLabProject,
  deployment_id: z.int(),
  status: z.string(),
  status_changed_at: time,
  environment: z.string().min(1),
  deployable_url: z.url().nullish(),
  commit_url: z.string().nullish(),
  short_sha: z.string(),
});
export const pipelineSchema = z.looseObject({
  project: gitLabProject,
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
export function fromDeployment(
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
    chain: chainOfCommit(project, commit),
    services: servicesOfProject(project, directory),
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

export function fromPipeline(
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
        chain: chainOfCommit(project, run.sha),
        services: servicesOfProject(project, directory),
      },
    ],
  };
}
