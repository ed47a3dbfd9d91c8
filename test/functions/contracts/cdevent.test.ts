import { describe, expect, it } from 'vitest';
import { checkCdEvent } from '../../../functions/contracts/cdevent.ts';
import { cdEventContents } from '../../../functions/contracts/cdevent-contents.ts';

type Content = Readonly<Record<string, unknown>>;

const environment = { id: 'production', source: '/clusters/one' };
const repository = { id: 'acme/shop', source: 'https://github.com' };
const run = { id: 'run-1', source: 'any text will do' };
const at = 'https://ci.example/1';
const artifactId = 'pkg:oci/cart@sha256%3Aabc';
const deployed = { environment, artifactId };
const incident = { description: 'Slow', environment, service: { id: 'cart' }, artifactId };
const testCase = { id: 't', version: '1', name: 'Sign in', type: 'e2e', uri: at };
const testSuite = { id: 's', version: '1', name: 'Browser', uri: at };
const trigger = { type: 'schedule', uri: at, more: 1 };
const ticket = {
  summary: 'Carts are slow',
  ticketType: 'bug',
  group: 'shop',
  creator: 'kim',
  assignees: ['kim'],
  priority: 'high',
  labels: ['cart'],
  milestone: '1',
  uri: '/tickets/1',
};
const approval = { approvalDetailsUrl: at, resourceTargetUrl: at };
const decision = { ...approval, responder: 'urn:user:kim', decision: 'go' };

/** Of each type: its version, a content with all that it may hold, what of it is needed, what breaks it, and where that is told. */
const types: readonly [string, string, Content, readonly string[], Content, string][] = [
  ['service.deployed', '0.3.0', deployed, ['environment', 'artifactId'], { artifactId: '' }, '/artifactId'],
  ['service.upgraded', '0.3.0', deployed, ['environment', 'artifactId'], { environment: 1 }, '/environment'],
  ['service.rolledback', '0.3.0', deployed, ['environment', 'artifactId'], { url: at }, ''],
  ['service.published', '0.3.0', { environment }, ['environment'], { artifactId }, ''],
  [
    'service.removed',
    '0.3.0',
    { environment },
    ['environment'],
    { environment: { id: '' } },
    '/environment/id',
  ],
  ['incident.detected', '0.3.0', incident, ['environment'], { service: {} }, '/service/id'],
  [
    'incident.reported',
    '0.3.0',
    { ...incident, ticketURI: at },
    ['environment', 'ticketURI'],
    { ticketURI: 'JIRA-1' },
    '/ticketURI',
  ],
  ['incident.resolved', '0.3.0', incident, ['environment'], { artifactId: 1 }, '/artifactId'],
  ['environment.created', '0.3.0', { name: 'dev', uri: at }, [], { uri: 'here' }, '/uri'],
  ['environment.modified', '0.3.0', { name: 'dev', uri: at }, [], { url: at }, ''],
  ['environment.deleted', '0.3.0', { name: 'dev' }, [], { uri: at }, ''],
  ['change.created', '0.4.0', { description: 'Faster', repository }, [], { description: '' }, '/description'],
  ['change.updated', '0.3.0', { repository }, [], { repository: 'acme/shop' }, '/repository'],
  ['change.reviewed', '0.3.0', { repository }, [], { repository: {} }, '/repository/id'],
  ['change.merged', '0.3.0', { repository }, [], { description: 'Faster' }, ''],
  [
    'change.abandoned',
    '0.3.0',
    { repository },
    [],
    { repository: { id: 'a', source: 'two words' } },
    '/repository/source',
  ],
  [
    'artifact.packaged',
    '0.3.0',
    { change: { id: 'pull/1', source: 'a' }, sbom: { uri: '/s' } },
    ['change'],
    { sbom: {} },
    '/sbom/uri',
  ],
  ['artifact.published', '0.3.0', { user: 'kim', sbom: { uri: '/s' } }, [], { user: '' }, '/user'],
  ['artifact.signed', '0.3.0', { signature: 'abc' }, ['signature'], { signature: '' }, '/signature'],
  ['artifact.downloaded', '0.2.0', { user: 'kim' }, [], { user: 1 }, '/user'],
  ['artifact.deleted', '0.2.0', { user: 'kim' }, [], { sbom: { uri: '/s' } }, ''],
  ['pipelinerun.queued', '0.3.0', { pipelineName: 'CI', uri: at }, [], { uri: '/1' }, '/uri'],
  ['pipelinerun.started', '0.3.0', { pipelineName: 'CI', uri: at }, ['pipelineName', 'uri'], { url: at }, ''],
  [
    'pipelinerun.finished',
    '0.3.0',
    { pipelineName: 'CI', uri: at, outcome: 'cancel', errors: 'none' },
    [],
    { outcome: 'Succeeded' },
    '/outcome',
  ],
  [
    'taskrun.started',
    '0.3.0',
    { taskName: 'build', uri: at, pipelineRun: { id: '1' } },
    [],
    { pipelineRun: run },
    '/pipelineRun/source',
  ],
  [
    'taskrun.finished',
    '0.3.0',
    { taskName: 'build', uri: at, pipelineRun: { id: '1' }, outcome: 'in any words', errors: 'none' },
    [],
    { outcome: 0 },
    '/outcome',
  ],
  ['ticket.created', '0.2.0', ticket, ['summary', 'creator', 'uri'], { updatedBy: 'kim' }, ''],
  ['ticket.updated', '0.2.0', { ...ticket, updatedBy: 'kim' }, ['uri'], { assignees: 'kim' }, '/assignees'],
  [
    'ticket.closed',
    '0.2.0',
    { ...ticket, updatedBy: 'kim', resolution: 'completed' },
    ['uri', 'resolution'],
    { resolution: '' },
    '/resolution',
  ],
  ['build.queued', '0.3.0', {}, [], { artifactId }, ''],
  ['build.started', '0.3.0', {}, [], { artifactId }, ''],
  ['build.finished', '0.3.0', { artifactId }, [], { artifactId: 1 }, '/artifactId'],
  [
    'repository.created',
    '0.3.0',
    { name: 'shop', owner: 'acme', uri: at, viewUrl: at },
    ['name', 'uri'],
    { name: '' },
    '/name',
  ],
  [
    'repository.modified',
    '0.3.0',
    { name: 'shop', owner: 'acme', uri: at, viewUrl: at },
    [],
    { viewUrl: 'shop' },
    '/viewUrl',
  ],
  [
    'repository.deleted',
    '0.3.0',
    { name: 'shop', owner: 'acme', uri: at, viewUrl: at },
    [],
    { owner: 1 },
    '/owner',
  ],
  ['branch.created', '0.3.0', { repository }, [], { name: 'main' }, ''],
  ['branch.deleted', '0.3.0', { repository }, [], { repository: { id: 1 } }, '/repository/id'],
  [
    'testcaserun.queued',
    '0.3.0',
    { environment, testCase, testSuiteRun: run, trigger },
    ['environment'],
    { trigger: { type: 'whim' } },
    '/trigger/type',
  ],
  [
    'testcaserun.started',
    '0.3.0',
    { environment, testCase, testSuiteRun: run, trigger },
    ['environment'],
    { testCase: { id: 't', type: 'manual' } },
    '/testCase/type',
  ],
  [
    'testcaserun.finished',
    '0.3.0',
    { environment, testCase, testSuiteRun: run, outcome: 'success', severity: 'low', reason: 'x' },
    ['environment', 'outcome'],
    { outcome: 'pass' },
    '/outcome',
  ],
  [
    'testcaserun.skipped',
    '0.2.0',
    { environment, testCase, testSuiteRun: run, reason: 'x' },
    [],
    { severity: 'low' },
    '',
  ],
  [
    'testsuiterun.queued',
    '0.3.0',
    { environment, testSuite, trigger },
    ['environment'],
    { testSuite: {} },
    '/testSuite/id',
  ],
  [
    'testsuiterun.started',
    '0.3.0',
    { environment, testSuite, trigger },
    ['environment'],
    { testSuite: { id: 's', type: 'e2e' } },
    '/testSuite',
  ],
  [
    'testsuiterun.finished',
    '0.3.0',
    { environment, testSuite, outcome: 'error', severity: 'critical', reason: 'x' },
    ['environment', 'outcome'],
    { severity: 'mild' },
    '/severity',
  ],
  [
    'testoutput.published',
    '0.3.0',
    { outputType: 'video', format: 'video/mp4', uri: at, testCaseRun: run },
    ['outputType', 'format'],
    { outputType: 'sound' },
    '/outputType',
  ],
  [
    'approval.created',
    '0.1.0',
    { ...approval, requestor: 'urn:user:kim', more: 1 },
    ['approvalDetailsUrl', 'resourceTargetUrl', 'requestor'],
    { requestor: 'kim' },
    '/requestor',
  ],
  [
    'approval.updated',
    '0.1.0',
    decision,
    ['responder', 'decision'],
    { approvalDetailsUrl: '' },
    '/approvalDetailsUrl',
  ],
  [
    'approval.closed',
    '0.1.0',
    { ...decision, status: 'approved' },
    ['status'],
    { status: 'open' },
    '/status',
  ],
];

const event = (type: string, content: unknown) => ({
  context: {
    specversion: '0.5.1',
    id: '1',
    source: '/ci',
    type,
    timestamp: '2026-06-01T12:00:00.123456Z',
    schemaUri: 'https://acme.example/schema',
    chainId: 'not-a-uuid',
    links: [
      { linkType: 'RELATION', linkKind: 'TRIGGER', target: { contextId: '0' }, tags: { any: 1 } },
      { linkType: 'PATH', from: { contextId: '0' } },
      { linkType: 'END' },
    ],
  },
  subject: { id: 'x', source: '/ci', content },
  customData: { any: ['thing'] },
  customDataContentType: 'application/json',
});

const problems = (value: unknown): readonly string[] => {
  const checked = checkCdEvent(value);
  return checked.isValid ? [] : checked.problems.map(({ pointer }) => pointer);
};

describe('CDEvents', () => {
  it('has 45 types, and three of approvals', () => {
    expect(types.map(([type]) => type).toSorted()).toEqual(Object.keys(cdEventContents).toSorted());
    expect(types.filter(([type]) => !type.startsWith('approval.'))).toHaveLength(45);
  });

  it.each(types)('%s %s', (type, version, whole, needed, broken, where) => {
    const named = `dev.cdevents.${type}.${version}`;
    const least = Object.fromEntries(Object.entries(whole).filter(([name]) => needed.includes(name)));
    expect(checkCdEvent(event(named, whole))).toMatchObject({ isValid: true, isKnown: true });
    expect(problems(event(named, { ...whole, ...broken }))).toEqual([`/subject/content${where}`]);
    for (const name of needed) {
      expect(problems(event(named, { ...whole, [name]: undefined }))).toEqual([`/subject/content/${name}`]);
    }
    if (!type.startsWith('approval.')) {
      expect(problems(event(named, least))).toEqual([]);
      expect(problems(event(named, { ...whole, surplus: 1 }))).toEqual(['/subject/content']);
    }
    // Of another version, nobody here knows what it holds.
    expect(checkCdEvent(event(`dev.cdevents.${type}.9.0.0`, { any: 1 }))).toMatchObject({ isKnown: false });
  });
});

describe('an event', () => {
  const good = event('dev.cdevents.build.started.0.3.0', {});
  const { context, subject } = good;

  it.each([
    ['without context', { subject }, '/context'],
    ['without subject', { context }, '/subject'],
    ['with more than there is', { ...good, data: {} }, ''],
    ['with an id that is empty', { ...good, context: { ...context, id: '' } }, '/context/id'],
    [
      'with a source that is none',
      { ...good, context: { ...context, source: 'two words' } },
      '/context/source',
    ],
    [
      'of a type of somebody else',
      { ...good, context: { ...context, type: 'com.acme.built' } },
      '/context/type',
    ],
    [
      'at a time that is none',
      { ...good, context: { ...context, timestamp: '2026-13-01' } },
      '/context/timestamp',
    ],
    ['of 0.4 and 0.5 at once', { ...good, context: { ...context, version: '0.4.1' } }, '/context'],
    [
      'with an empty target',
      {
        ...good,
        context: { ...context, links: [{ linkType: 'RELATION', linkKind: 'FIX', target: {} }] },
      },
      '/context/links/0/target/contextId',
    ],
    [
      'with a link of no type',
      { ...good, context: { ...context, links: [{ linkType: 'SIDE' }] } },
      '/context/links/0/linkType',
    ],
    ['with a type of its subject', { ...good, subject: { ...subject, type: 'build' } }, '/subject/type'],
    ['with a list as custom data', { ...good, customData: [1] }, '/customData'],
    ['with custom data that is no base64', { ...good, customData: '%' }, '/customData'],
  ])('%s is refused, and told where', (_, value, where) => {
    expect(problems(value)).toEqual([where]);
  });

  it('that is no object is refused', () => {
    expect(problems([])).toEqual(['']);
    expect(problems('event')).toEqual(['']);
  });

  it('of a closed ticket may say the type of its subject, as its published schema does', () => {
    const closed = event('dev.cdevents.ticket.closed.0.2.0', { uri: '/1', resolution: 'withdrawn' });
    expect(problems({ ...closed, subject: { ...closed.subject, type: 'ticket' } })).toEqual([]);
  });

  it('of a company’s own type is taken as it is', () => {
    expect(checkCdEvent(event('dev.cdeventsx.acme-canary.judged.1.0.0', { any: 1 }))).toMatchObject({
      isValid: true,
      isKnown: false,
    });
  });
});
