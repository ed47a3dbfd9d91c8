import * as z from 'zod';

const text = z.string();
const name = z.string().min(1);
/** A URI or a relative reference; what it leads to is the sender's business. */
export const uriReference = z.string().regex(/^[^\s<>"{}|\\^`]+$/u, 'write a URI reference, without spaces');
const reference = z.strictObject({ id: name, source: uriReference.optional() });
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
const environment = z.strictObject({ name: text.optional(), uri: uriReference.optional() });
const change = z.strictObject({ repository: reference.optional() });
const repository = {
  owner: text.optional(),
  viewUrl: uriReference.optional(),
};
const namedRepository = z.strictObject({ ...repository, name, uri: uriReference });
const branch = z.strictObject({ repository: reference.optional() });
const outcome = z.enum(['success', 'failure', 'cancel', 'error']);
const pipelineRun = { pipelineName: text.optional(), uri: uriReference.optional() };
const taskRun = {
  taskName: text.optional(),
  pipelineRun: reference.optional(),
  uri: uriReference.optional(),
};
const user = z.strictObject({ user: text.optional() });
const testCaseRun = {
  environment: reference,
  testCase: z
    .strictObject({
      id: name,
      version: text.optional(),
      name: text.optional(),
      type: text.optional(),
      uri: uriReference.optional(),
    })
    .optional(),
  testSuiteRun: reference.optional(),
};
const testSuiteRun = {
  environment: reference,
  testSuite: z
    .strictObject({ id: name, version: text.optional(), name: text.optional(), uri: uriReference.optional() })
    .optional(),
};
const trigger = z.strictObject({ type: text.optional(), uri: uriReference.optional() }).optional();
const verdict = {
  outcome,
  severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
  reason: text.optional(),
};
const ticket = {
  ticketType: text.optional(),
  group: text.optional(),
  assignees: z.array(text).optional(),
  priority: text.optional(),
  labels: z.array(text).optional(),
  milestone: text.optional(),
};
/** Drafts change: what they hold is not looked at. */
const draft = z.record(z.string(), z.unknown());

/**
 * Every type of CDEvents 0.5.1, by subject and predicate: its version and what `subject.content` holds. Those of approvals are a draft of 0.6.0, needed to tell who
 * agreed to a change.
 * Source: https://github.com/cdevents/spec/tree/v0.5.1/schemas
 */
export const cdEventContents: Readonly<
  Record<string, { readonly version: string; readonly content: z.ZodType }>
> = {
  'service.deployed': { version: '0.3.0', content: service },
  'service.upgraded': { version: '0.3.0', content: service },
  'service.rolledback': { version: '0.3.0', content: service },
  'service.published': { version: '0.3.0', content: placedService },
  'service.removed': { version: '0.3.0', content: placedService },
  'incident.detected': { version: '0.3.0', content: z.strictObject(incident) },
  'incident.reported': {
    version: '0.3.0',
    content: z.strictObject({ ...incident, ticketURI: uriReference }),
  },
  'incident.resolved': { version: '0.3.0', content: z.strictObject(incident) },
  'environment.created': { version: '0.3.0', content: environment },
  'environment.modified': { version: '0.3.0', content: environment },
  'environment.deleted': { version: '0.3.0', content: z.strictObject({ name: text.optional() }) },
  'change.created': {
    version: '0.4.0',
    content: z.strictObject({ description: text.optional(), repository: reference.optional() }),
  },
  'change.updated': { version: '0.3.0', content: change },
  'change.reviewed': { version: '0.3.0', content: change },
  'change.merged': { version: '0.3.0', content: change },
  'change.abandoned': { version: '0.3.0', content: change },
  'artifact.packaged': {
    version: '0.3.0',
    content: z.strictObject({ change: reference, sbom: z.strictObject({ uri: uriReference }).optional() }),
  },
  'artifact.published': {
    version: '0.3.0',
    content: z.strictObject({
      user: text.optional(),
      sbom: z.strictObject({ uri: uriReference }).optional(),
    }),
  },
  'artifact.signed': { version: '0.3.0', content: z.strictObject({ signature: name }) },
  'artifact.downloaded': { version: '0.2.0', content: user },
  'artifact.deleted': { version: '0.2.0', content: user },
  'pipelinerun.queued': { version: '0.3.0', content: z.strictObject(pipelineRun) },
  'pipelinerun.started': {
    version: '0.3.0',
    content: z.strictObject({ pipelineName: text, uri: uriReference }),
  },
  'pipelinerun.finished': {
    version: '0.3.0',
    content: z.strictObject({ ...pipelineRun, outcome: text.optional(), errors: text.optional() }),
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
  'ticket.updated': {
    version: '0.2.0',
    content: z.strictObject({
      ...ticket,
      summary: text.optional(),
      creator: name.optional(),
      updatedBy: text.optional(),
      uri: uriReference,
    }),
  },
  'ticket.closed': {
    version: '0.2.0',
    content: z.strictObject({
      ...ticket,
      summary: text.optional(),
      creator: name.optional(),
      updatedBy: text.optional(),
      resolution: name,
      uri: uriReference,
    }),
  },
  'build.queued': { version: '0.3.0', content: z.strictObject({}) },
  'build.started': { version: '0.3.0', content: z.strictObject({}) },
  'build.finished': {
    version: '0.3.0',
    content: z.strictObject({ artifactId: artifactId.optional() }),
  },
  'repository.created': { version: '0.3.0', content: namedRepository },
  'repository.modified': { version: '0.3.0', content: namedRepository },
  'repository.deleted': {
    version: '0.3.0',
    content: z.strictObject({ ...repository, name: name.optional(), uri: uriReference.optional() }),
  },
  'branch.created': { version: '0.3.0', content: branch },
  'branch.deleted': { version: '0.3.0', content: branch },
  'testcaserun.queued': { version: '0.3.0', content: z.strictObject({ ...testCaseRun, trigger }) },
  'testcaserun.started': { version: '0.3.0', content: z.strictObject({ ...testCaseRun, trigger }) },
  'testcaserun.finished': { version: '0.3.0', content: z.strictObject({ ...testCaseRun, ...verdict }) },
  'testcaserun.skipped': {
    version: '0.2.0',
    content: z.strictObject({ ...testCaseRun, severity: verdict.severity, reason: verdict.reason }),
  },
  'testsuiterun.queued': { version: '0.3.0', content: z.strictObject({ ...testSuiteRun, trigger }) },
  'testsuiterun.started': { version: '0.3.0', content: z.strictObject({ ...testSuiteRun, trigger }) },
  'testsuiterun.finished': { version: '0.3.0', content: z.strictObject({ ...testSuiteRun, ...verdict }) },
  'testoutput.published': {
    version: '0.3.0',
    content: z.strictObject({
      outputType: z.enum(['report', 'video', 'image', 'log', 'other']),
      format: text,
      uri: uriReference.optional(),
      testCaseRun: reference.optional(),
    }),
  },
  'approval.created': { version: '0.1.0', content: draft },
  'approval.updated': { version: '0.1.0', content: draft },
  'approval.closed': { version: '0.1.0', content: draft },
};
