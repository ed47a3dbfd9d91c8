import * as z from 'zod';
import { parseJson } from '../../../kernel/parse-json.ts';
import type { DirectoryIndex } from './directory-index.ts';
import {
  gitHubRepository,
  type GitHubRepository,
  gitHubTime as time,
  servicesOfRepository,
} from './github-repository.ts';
import { chainOf, hintsOf, type Translated, type Translation } from './translation.ts';

const deployment = z.looseObject({
  id: z.int(),
  sha: z.string(),
  task: z.string(),
  environment: z.string().min(1),
  created_at: time,
  payload: z.unknown(),
});
export const deploymentSchema = z.looseObject({ repository: gitHubRepository, deployment });
export const deploymentStatusSchema = z.looseObject({
  repository: gitHubRepository,
  deployment,
  deployment_status: z.looseObject({
    id: z.int(),
    state: z.string(),
    created_at: time,
    target_url: z.string().nullish(),
    log_url: z.string().nullish(),
  }),
});
/** What a deployment's payload may say to us: which service of a repository is deployed, and whether it goes back. Whatever else somebody writes there says nothing. */
const payloadSchema = z
  .looseObject({
    service: z.string().min(1).optional(),
    rollback: z.boolean().optional(),
    unplanned: z.boolean().optional(),
  })
  .catch({});

type Deployment = z.infer<typeof deployment>;

/** GitHub hands on as text what was given as text. */
const toldBy = ({ payload }: Deployment): z.infer<typeof payloadSchema> =>
  payloadSchema.parse(typeof payload === 'string' ? parseJson(payload) : payload);

const runOf = (
  { repository, deployment }: { repository: GitHubRepository; deployment: Deployment },
  directory: DirectoryIndex,
): Pick<Translation, 'source' | 'subject' | 'chain' | 'services'> => ({
  source: repository.html_url,
  subject: `deployment/${deployment.id}`,
  chain: chainOf(repository.html_url, deployment.sha),
  services: servicesOfRepository(repository, directory, { service: toldBy(deployment).service }),
});

export function fromDeployment(
  told: z.infer<typeof deploymentSchema>,
  directory: DirectoryIndex,
): Translated {
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

export function fromDeploymentStatus(
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
