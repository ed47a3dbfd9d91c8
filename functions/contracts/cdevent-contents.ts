import * as z from 'zod';
import { type CdEventContent, name, outcome, reference, text, uri, uriReference } from './cdevent-parts.ts';
import { testContents } from './cdevent-test-contents.ts';

/** Package URL by the specification; the published schemas take any text, and so do senders. */
const artifactId = name;

const service = z.strictObject({ environment: reference, artifactId });
const placedService = z.strictObject({ environment: reference });
const incident = {
  description: text.optional(),
  environment: reference,
  service: reference.optional(),
  artifactId: artifactId.optional(),
};
const environment = z.strictObject({ name: text.optional(), uri: uri.optional() });
const change = z.strictObject({ repository: reference.optional() });
const repository = {
  owner: text.optional(),
  viewUrl: uri.optional(),
};
const knownRepository = z.strictObject({ ...repository, name: text.optional(), uri: uri.optional() });
const branch = z.strictObject({ repository: reference.optional() });
const pipelineRun = { pipelineName: text.optional(), uri: uri.optional() };
const taskRun = {
  taskName: text.optional(),
  pipelineRun: reference.optional(),
  uri: uri.optional(),
};
const user = z.strictObject({ user: name.optional() });
const sbom = z.strictObject({ uri: uriReference }).optional();
const ticket = {
  ticketType: text.optional(),
  group: text.optional(),
  assignees: z.array(text).optional(),
  priority: text.optional(),
  labels: z.array(text).optional(),
  milestone: text.optional(),
};
const knownTicket = {
  ...ticket,
  summary: text.optional(),
  creator: name.optional(),
  updatedBy: text.optional(),
  uri: uriReference,
};
/** A draft may grow: what it needs is checked, what else there is stays. */
const approval = { approvalDetailsUrl: name, resourceTargetUrl: name };
const decision = { ...approval, responder: uri, decision: text };

/**
 * Every type of CDEvents 0.5.1, by subject and predicate: its version and what `subject.content` holds. Those of approvals are a draft of 0.6.0, needed to tell who
 * agreed to a change.
 * Source: https://github.com/cdevents/spec/tree/v0.5.1/schemas
 */
export const cdEventContents: Readonly<Record<string, CdEventContent>> = {
  'service.deployed': { version: '0.3.0', content: service },
  'service.upgraded': { version: '0.3.0', content: service },
  'service.rolledback': { version: '0.3.0', content: service },
  'service.published': { version: '0.3.0', content: placedService },
  'service.removed': { version: '0.3.0', content: placedService },
  'incident.detected': { version: '0.3.0', content: z.strictObject(incident) },
  'incident.reported': {
    version: '0.3.0',
    content: z.strictObject({ ...incident, ticketURI: uri }),
  },
  'incident.resolved': { version: '0.3.0', content: z.strictObject(incident) },
  'environment.created': { version: '0.3.0', content: environment },
  'environment.modified': { version: '0.3.0', content: environment },
  'environment.deleted': { version: '0.3.0', content: z.strictObject({ name: text.optional() }) },
  'change.created': {
    version: '0.4.0',
    content: z.strictObject({ description: name.optional(), repository: reference.optional() }),
  },
  'change.updated': { version: '0.3.0', content: change },
  'change.reviewed': { version: '0.3.0', content: change },
  'change.merged': { version: '0.3.0', content: change },
  'change.abandoned': { version: '0.3.0', content: change },
  'artifact.packaged': {
    version: '0.3.0',
    content: z.strictObject({ change: reference, sbom }),
  },
  'artifact.published': {
    version: '0.3.0',
    content: z.strictObject({ user: name.optional(), sbom }),
  },
  'artifact.signed': { version: '0.3.0', content: z.strictObject({ signature: name }) },
  'artifact.downloaded': { version: '0.2.0', content: user },
  'artifact.deleted': { version: '0.2.0', content: user },
  'pipelinerun.queued': { version: '0.3.0', content: z.strictObject(pipelineRun) },
  'pipelinerun.started': {
    version: '0.3.0',
    content: z.strictObject({ pipelineName: text, uri }),
  },
  'pipelinerun.finished': {
    version: '0.3.0',
    content: z.strictObject({ ...pipelineRun, outcome: outcome.optional(), errors: text.optional() }),
  },
  'taskrun.started': { version: '0.3.0', content: z.strictObject(taskRun) },
  'taskrun.finished': {
    version: '0.3.0',
    content: z.strictObject({ ...taskRun, outcome: text.optional(), errors: text.optional() }),
  },
  'ticket.created': {
    version: '0.2.0',
    content: z.strictObject({ ...ticket, summary: text, creator: name, uri: uriReference }),
  },
  'ticket.updated': { version: '0.2.0', content: z.strictObject(knownTicket) },
  'ticket.closed': {
    version: '0.2.0',
    content: z.strictObject({ ...knownTicket, resolution: name }),
    subjectType: 'ticket',
  },
  'build.queued': { version: '0.3.0', content: z.strictObject({}) },
  'build.started': { version: '0.3.0', content: z.strictObject({}) },
  'build.finished': {
    version: '0.3.0',
    content: z.strictObject({ artifactId: text.optional() }),
  },
  'repository.created': { version: '0.3.0', content: z.strictObject({ ...repository, name, uri }) },
  'repository.modified': { version: '0.3.0', content: knownRepository },
  'repository.deleted': { version: '0.3.0', content: knownRepository },
  'branch.created': { version: '0.3.0', content: branch },
  'branch.deleted': { version: '0.3.0', content: branch },
  ...testContents,
  'approval.created': { version: '0.1.0', content: z.looseObject({ ...approval, requestor: uri }) },
  'approval.updated': { version: '0.1.0', content: z.looseObject(decision) },
  'approval.closed': {
    version: '0.1.0',
    content: z.looseObject({
      ...decision,
      status: z.enum(['approved', 'rejected', 'cancelled', 'expired']),
    }),
  },
};
