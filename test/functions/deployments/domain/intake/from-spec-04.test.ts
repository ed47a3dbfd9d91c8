import { describe, expect, it } from 'vitest';
import { checkCdEvent } from '../../../../../functions/contracts/cdevent.ts';
import { fromSpec04 } from '../../../../../functions/deployments/domain/intake/from-spec-04.ts';

const event = (type: string, subjectType: string, content: unknown) => ({
  context: {
    version: '0.4.1',
    id: '1',
    source: '/ci',
    type: `dev.cdevents.${type}`,
    timestamp: '2026-06-01T12:00:00Z',
    chainId: 'work',
  },
  subject: { id: 'x', type: subjectType, content },
});

const environment = { id: 'production' };
const url = 'https://ci.example/1';

describe('an event of CDEvents 0.4', () => {
  it.each([
    ['environment.created.0.2.0', 'environment', { name: 'a', url }, { name: 'a', uri: url }],
    [
      'pipelinerun.started.0.2.0',
      'pipelineRun',
      { pipelineName: 'CI', url },
      { pipelineName: 'CI', uri: url },
    ],
    ['pipelinerun.finished.0.2.0', 'pipelineRun', { outcome: 'Failure' }, { outcome: 'failure' }],
    ['pipelinerun.finished.0.2.0', 'pipelineRun', { outcome: 'it depends' }, {}],
    [
      'repository.created.0.2.0',
      'repository',
      { name: 'shop', url, viewUrl: url },
      { name: 'shop', uri: url, viewUrl: url },
    ],
    ['taskrun.finished.0.2.0', 'taskRun', { url, outcome: 'any' }, { uri: url, outcome: 'any' }],
    [
      'testcaserun.finished.0.2.0',
      'testCaseRun',
      { environment, outcome: 'pass' },
      { environment, outcome: 'success' },
    ],
    [
      'testsuiterun.finished.0.1.0',
      'testSuiteRun',
      { environment, status: 'fail' },
      { environment, outcome: 'failure' },
    ],
    [
      'ticket.closed.0.1.0',
      'ticket',
      { uri: '/1', resolution: 'completed' },
      { uri: '/1', resolution: 'completed' },
    ],
    ['change.created.0.3.0', 'change', { description: 'Faster' }, { description: 'Faster' }],
  ])('%s is one of 0.5.1', (type, subjectType, old, content) => {
    const adapted = fromSpec04(event(type, subjectType, old));
    expect(checkCdEvent(adapted)).toMatchObject({ isValid: true, isKnown: true });
    expect(adapted).toMatchObject({
      context: { specversion: '0.5.1', chainId: 'work' },
      subject: { id: 'x' },
    });
    expect(Reflect.get(Object(Reflect.get(Object(adapted), 'subject')), 'content')).toEqual(content);
  });

  it('is told what is wrong where it stands in 0.5.1', () => {
    expect(
      checkCdEvent(fromSpec04(event('testcaserun.finished.0.2.0', 'testCaseRun', { outcome: 'maybe' }))),
    ).toMatchObject({
      problems: [{ pointer: '/subject/content/outcome' }, { pointer: '/subject/content/environment' }],
    });
  });

  it('is none when it says so no more', () => {
    const { context, subject } = event('build.started.0.3.0', 'build', {});
    const { version: _version, ...rest } = context;
    expect(fromSpec04({ context: { ...rest, specversion: '0.5.1' }, subject })).toBeUndefined();
    expect(fromSpec04(7)).toBeUndefined();
  });
});
