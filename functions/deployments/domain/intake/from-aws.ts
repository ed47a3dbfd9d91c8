import * as z from 'zod';
import { breachOnset } from './breach-onset.ts';
import { type DirectoryIndex, toServiceId } from './directory-index.ts';
import { hintsOf, readPayload, type Translated, type Translation } from './translation.ts';

const eventSchema = z.looseObject({
  id: z.string().min(1),
  'detail-type': z.string(),
  account: z.string(),
  region: z.string(),
  time: z.string(),
  detail: z.unknown(),
});
export type AwsEvent = z.infer<typeof eventSchema>;

const stateSchema = z.looseObject({
  value: z.string(),
  reason: z.string().optional(),
  reasonData: z.string().optional(),
  timestamp: z.string(),
});
const alarmSchema = z.looseObject({
  alarmName: z.string().min(1),
  state: stateSchema,
  configuration: z.looseObject({ description: z.string().optional() }).optional(),
  alarmTags: z.record(z.string(), z.string()).optional().catch(undefined),
});
const stackSchema = z.looseObject({
  'stack-id': z.string(),
  'status-details': z.looseObject({ status: z.string(), 'status-reason': z.string().optional() }),
  'client-request-token': z.string().optional(),
});
const codeDeploySchema = z.looseObject({
  application: z.string().min(1),
  deploymentGroup: z.string().optional(),
  deploymentId: z.string().min(1),
  state: z.string(),
});
const callSchema = z.looseObject({
  eventName: z.string(),
  errorCode: z.string().optional(),
  sourceIPAddress: z.string().optional(),
  requestParameters: z
    .looseObject({
      functionName: z.string(),
      name: z.string().optional(),
      functionVersion: z.string().optional(),
    })
    .nullable(),
  responseElements: z
    .looseObject({ version: z.string().optional(), functionVersion: z.string().optional() })
    .nullish(),
});

/** Read at the border: everything else is per kind of event. */
export const readAwsEvent = (value: unknown): AwsEvent => readPayload(eventSchema, value);

/**
 * What AWS itself tells by EventBridge of deployments and incidents.
 * Source: CloudWatch, CloudFormation, CodeDeploy and CloudTrail user guides, each on its EventBridge events.
 *
 * @throws UnreadablePayload
 */
export function fromAws(event: AwsEvent, directory: DirectoryIndex): Translated {
  switch (event['detail-type']) {
    case 'CloudWatch Alarm State Change':
      return fromAlarm(event, readPayload(alarmSchema, event.detail), directory);
    case 'CloudFormation Stack Status Change':
      return fromStack(event, readPayload(stackSchema, event.detail), directory);
    case 'CodeDeploy Deployment State-change Notification':
      return fromCodeDeploy(event, readPayload(codeDeploySchema, event.detail), directory);
    case 'AWS API Call via CloudTrail':
      return fromLambdaCall(event, readPayload(callSchema, event.detail), directory);
    default:
      return { ignored: `Nothing follows from ${event['detail-type']}.` };
  }
}

interface Place {
  readonly service: string;
  readonly environment: string;
}

/** By the tags that a deployment of Fanfare writes, else by the name. */
function placeOf(
  name: string,
  directory: DirectoryIndex,
  tags: Readonly<Record<string, string>> = {},
): Place {
  const known = directory.ofAws(name);
  return {
    service: toServiceId(tags['Service'] ?? known?.service ?? name),
    environment: tags['Stage'] ?? known?.environment ?? 'production',
  };
}

const source = ({ account, region }: AwsEvent, service: string): string =>
  `aws:${service}:${region}:${account}`;

const one = (translation: Translation): Translated => ({ translations: [translation] });

/** An incident opens on ALARM and closes on OK only: without data it is not known whether it is over. */
function fromAlarm(
  event: AwsEvent,
  { alarmName, state, configuration, alarmTags }: z.infer<typeof alarmSchema>,
  directory: DirectoryIndex,
): Translated {
  const type = { ALARM: 'incident.detected', OK: 'incident.resolved' }[state.value];
  if (type === undefined) {
    return { ignored: `${alarmName} has not enough data: what it told before still holds.` };
  }
  const { service, environment } = placeOf(alarmName, directory, alarmTags);
  const at = new Date(state.timestamp).toISOString();
  const onsetMs = type === 'incident.detected' ? breachOnset(state.reason, state.reasonData) : undefined;
  const description = configuration?.description ?? state.reason;
  return one({
    type,
    id: `alarm/${alarmName}/${state.value}/${at}`,
    source: source(event, 'cloudwatch'),
    at,
    subject: alarmName,
    content: {
      environment: { id: environment },
      ...(description === undefined ? {} : { description }),
    },
    hints: hintsOf({ onsetAt: onsetMs === undefined ? undefined : new Date(onsetMs).toISOString() }),
    services: [service],
  });
}

/**
 * A stack's update is a deployment when it is complete. One that fails and goes back was a deployment too, for as long as that took: its begin is told when it turns
 * back, its end as a rollback. Drafts of stacks, imports and clean-ups change nothing that runs.
 */
function fromStack(
  event: AwsEvent,
  stack: z.infer<typeof stackSchema>,
  directory: DirectoryIndex,
): Translated {
  const { status } = stack['status-details'];
  const type = {
    CREATE_COMPLETE: 'service.deployed',
    UPDATE_COMPLETE: 'service.upgraded',
    UPDATE_ROLLBACK_IN_PROGRESS: 'service.upgraded',
    UPDATE_ROLLBACK_COMPLETE: 'service.rolledback',
    DELETE_COMPLETE: 'service.removed',
  }[status];
  const stackId = stack['stack-id'];
  const name = stackId.split('/')[1] ?? stackId;
  if (type === undefined) {
    return { ignored: `Nothing follows from a stack that is ${status}.` };
  }
  const { service, environment } = placeOf(name, directory);
  const at = new Date(event.time).toISOString();
  const operation = stack['client-request-token'] || at;
  const isBack = type === 'service.rolledback';
  return one({
    type,
    id: `stack/${stackId}/${operation}/${status}/${at}`,
    source: source(event, 'cloudformation'),
    at,
    subject: service,
    content: {
      environment: { id: environment },
      ...(type === 'service.removed'
        ? {}
        : // What a rollback goes back to is not told.
          { artifactId: `pkg:generic/${name}${isBack ? '' : `@${encodeURIComponent(operation)}`}` }),
    },
    services: [service],
  });
}

function fromCodeDeploy(
  event: AwsEvent,
  { application, deploymentGroup, deploymentId, state }: z.infer<typeof codeDeploySchema>,
  directory: DirectoryIndex,
): Translated {
  const { service, environment } = placeOf(application, directory);
  const at = new Date(event.time).toISOString();
  const uri = `https://${event.region}.console.aws.amazon.com/codesuite/codedeploy/deployments/${deploymentId}`;
  const pipelineName = `deployment of ${application}`;
  const common = {
    id: `codedeploy/${deploymentId}/${state}`,
    source: source(event, 'codedeploy'),
    at,
    subject: deploymentId,
    services: [service],
  };
  switch (state) {
    case 'START':
      return one({ ...common, type: 'pipelinerun.started', content: { pipelineName, uri } });
    case 'SUCCESS':
      return one({
        ...common,
        type: 'service.deployed',
        content: {
          environment: { id: directory.ofAws(application)?.environment ?? deploymentGroup ?? environment },
          artifactId: `pkg:generic/${application}@${deploymentId}`,
        },
        hints: hintsOf({ url: uri }),
      });
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

/** What somebody or something did to a function beside CloudFormation, whose own calls are part of its stack's deployment. */
function fromLambdaCall(
  event: AwsEvent,
  call: z.infer<typeof callSchema>,
  directory: DirectoryIndex,
): Translated {
  const { eventName, errorCode, sourceIPAddress, requestParameters, responseElements } = call;
  if (errorCode !== undefined || requestParameters === null) {
    return { ignored: `${eventName} failed.` };
  }
  if (sourceIPAddress === 'cloudformation.amazonaws.com') {
    return { ignored: 'CloudFormation tells of its stacks itself.' };
  }
  // A name, or an ARN that ends in one.
  const name = requestParameters.functionName.replace(/^.*:function:/u, '').replace(/:.*$/u, '');
  const { service, environment } = placeOf(name, directory);
  const at = new Date(event.time).toISOString();
  const common = {
    id: `lambda/${event.id}`,
    source: source(event, 'lambda'),
    at,
    services: [service],
  };
  const version =
    requestParameters.functionVersion ?? responseElements?.functionVersion ?? responseElements?.version ?? at;
  const artifactId = `pkg:generic/${name}@${encodeURIComponent(version)}`;
  if (eventName.startsWith('PublishVersion')) {
    return one({ ...common, type: 'artifact.published', subject: artifactId, content: {} });
  }
  return eventName.startsWith('UpdateAlias') || eventName.startsWith('UpdateFunctionCode')
    ? one({
        ...common,
        type: 'service.upgraded',
        subject: service,
        content: { environment: { id: environment }, artifactId },
      })
    : { ignored: `Nothing follows from ${eventName}.` };
}
