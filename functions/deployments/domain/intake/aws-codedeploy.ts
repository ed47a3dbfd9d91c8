import * as z from 'zod';
import { type AwsEvent, one, placeOf, sourceOf, timeOf } from './aws-event.ts';
import type { DirectoryIndex } from './directory-index.ts';
import type { CodeDeployments, Rollback } from './ports.ts';
import { hintsOf, type Translated, type Translation } from './translation.ts';

export const codeDeploySchema = z.looseObject({
  application: z.string().min(1),
  deploymentGroup: z.string().optional(),
  deploymentId: z.string().min(1),
  state: z.string(),
});

type Told = z.infer<typeof codeDeploySchema>;

/**
 * A deployment is one when it succeeded, unless CodeDeploy made it to go back: its event does not say so, so CodeDeploy is asked. Then what it went back from was a
 * deployment for as long as that took, as with stacks. Throws when CodeDeploy cannot be asked.
 */
export async function fromCodeDeploy(
  event: AwsEvent,
  told: Told,
  directory: DirectoryIndex,
  deployments: CodeDeployments,
): Promise<Translated> {
  const { application, deploymentId, state } = told;
  const uri = consoleOf(event, deploymentId);
  const pipelineName = `deployment of ${application}`;
  const common = {
    id: `codedeploy/${deploymentId}/${state}`,
    source: sourceOf(event, 'codedeploy'),
    at: timeOf(event),
    subject: deploymentId,
    services: [placeOf(application, directory).service],
  };
  switch (state) {
    case 'START':
      return one({ ...common, type: 'pipelinerun.started', content: { pipelineName, uri } });
    case 'SUCCESS': {
      const rollback = await deployments.rollbackOf(event.region, deploymentId);
      return rollback === undefined
        ? one(deployed(event, told, directory, { id: deploymentId, at: timeOf(event) }))
        : { translations: wentBack(event, told, directory, rollback) };
    }
    case 'FAILURE':
    case 'STOP':
      return one({
        ...common,
        type: 'pipelinerun.finished',
        content: { pipelineName, uri, outcome: state === 'STOP' ? 'cancel' : 'failure' },
      });
    default:
      return { ignored: `Nothing follows from a deployment that is ${state}.` };
  }
}

function wentBack(
  event: AwsEvent,
  told: Told,
  directory: DirectoryIndex,
  { failedId, beganMs }: Rollback,
): Translation[] {
  const back = deployed(event, told, directory, { id: told.deploymentId, at: timeOf(event) });
  return [
    ...(failedId === undefined
      ? []
      : [deployed(event, told, directory, { id: failedId, at: new Date(beganMs).toISOString() })]),
    {
      ...back,
      type: 'service.rolledback',
      // Which revision that was, the group's history says and not the event.
      content: { ...back.content, artifactId: `pkg:generic/${told.application}` },
    },
  ];
}

/** A deployment that was tried has one id, whether it lasted or not. */
function deployed(
  event: AwsEvent,
  { application, deploymentGroup }: Told,
  directory: DirectoryIndex,
  { id, at }: { readonly id: string; readonly at: string },
): Translation {
  const { service, environment } = placeOf(application, directory);
  return {
    type: 'service.deployed',
    id: `codedeploy/${id}/SUCCESS`,
    source: sourceOf(event, 'codedeploy'),
    at,
    subject: id,
    content: {
      environment: { id: directory.ofAws(application)?.environment ?? deploymentGroup ?? environment },
      artifactId: `pkg:generic/${application}@${id}`,
    },
    hints: hintsOf({ url: consoleOf(event, id) }),
    services: [service],
  };
}

const consoleOf = ({ region }: AwsEvent, deploymentId: string): string =>
  `https://${region}.console.aws.amazon.com/codesuite/codedeploy/deployments/${deploymentId}`;
