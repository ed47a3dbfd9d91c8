import { beforeEach, describe, expect, it } from 'vitest';
import { essenceOf } from '../../../../../functions/deployments/domain/essence.ts';
import { historyOf } from '../../../../../functions/deployments/domain/history.ts';
import { takeAws } from '../../../../../functions/deployments/domain/intake/take-aws.ts';
import { chained } from '../../histories.ts';
import { IntakeWorld } from '../../intake-world.ts';

let world: IntakeWorld;
beforeEach(() => {
  world = new IntakeWorld();
});

const event = (type: string, detail: unknown, more: Record<string, unknown> = {}) => ({
  version: '0',
  id: '2b5c1f3e-0000-4000-8000-000000000001',
  'detail-type': type,
  source: 'aws.test',
  account: '111122223333',
  time: '2026-06-01T11:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail,
  ...more,
});

const take = (type: string, detail: unknown, more?: Record<string, unknown>): Promise<void> =>
  takeAws(world.deps, event(type, detail, more));

const told = () =>
  world.queued.map(({ service, event: { context, subject } }) => ({
    service,
    type: context.type.replace(/^dev\.cdevents\.(\w+\.\w+)\..*$/u, '$1'),
    at: context.timestamp,
    environment: Reflect.get(Object(subject.content['environment']), 'id'),
  }));

describe('an alarm', () => {
  const reasonData = JSON.stringify({
    version: '1.0',
    threshold: 5,
    period: 60,
    recentDatapoints: [7, 9],
    evaluatedDatapoints: [
      { timestamp: '2026-06-01T10:58:00.000+0000', value: 9 },
      { timestamp: '2026-06-01T10:57:00.000+0000', value: 7 },
      { timestamp: '2026-06-01T10:56:00.000+0000', value: 5 },
    ],
  });
  const alarm = (value: string, more: Record<string, unknown> = {}) => ({
    alarmName: 'shop-prod-cart-errors',
    state: {
      value,
      reason: 'Threshold Crossed: 2 datapoints were greater than the threshold (5.0).',
      reasonData,
      timestamp: '2026-06-01T11:00:00.123+0000',
    },
    previousState: { value: 'OK' },
    configuration: { metrics: [], description: 'Carts fail' },
    ...more,
  });

  it('that goes off is an incident of its service, which began with the first datapoint that was too high', async () => {
    await take('CloudWatch Alarm State Change', alarm('ALARM'));
    expect(told()).toEqual([
      { service: 'cart', type: 'incident.detected', at: '2026-06-01T11:00:00.123Z', environment: 'prod' },
    ]);
    expect(world.queued[0]?.event['customData']).toEqual({
      fanfare: { onsetAt: '2026-06-01T10:57:00.000Z' },
    });
    expect(world.queued[0]?.received).toMatchObject({ via: 'aws', connection: '111122223333' });
  });

  it('that is over ends the same incident', async () => {
    await take('CloudWatch Alarm State Change', alarm('ALARM'));
    await take('CloudWatch Alarm State Change', alarm('OK'));
    expect(told().map(({ type }) => type)).toEqual(['incident.detected', 'incident.resolved']);
    expect(new Set(world.queued.map(({ event: { subject } }) => subject.id)).size).toBe(1);
  });

  it('without data neither opens nor closes one', async () => {
    await take('CloudWatch Alarm State Change', alarm('INSUFFICIENT_DATA'));
    expect(world.queued).toEqual([]);
  });

  it('of many alarms, without metrics, is one too', async () => {
    const composite = {
      alarmName: 'cart-page',
      state: {
        value: 'ALARM',
        reason: 'arn:… transitioned to ALARM',
        reasonData: '{"triggeringAlarms": []}',
        timestamp: '2026-06-01T11:00:00.000+0000',
      },
      previousState: { value: 'OK', timestamp: '2026-06-01T10:00:00.000+0000' },
      configuration: { alarmRule: 'ALARM(a) OR ALARM(b)', actionsSuppressor: 'c' },
      alarmTags: { Service: 'cart', Stage: 'staging' },
    };
    await take('CloudWatch Alarm State Change', composite);
    expect(told()).toMatchObject([{ service: 'cart', environment: 'staging' }]);
    expect(world.queued[0]?.event).not.toHaveProperty('customData');
  });

  it('of metric math tells its onset as any other; without datapoints none is known', async () => {
    const configuration = { metrics: [{ id: 'e', expression: '100*errors/calls', returnData: true }] };
    const state = {
      value: 'ALARM',
      reason: 'Threshold Crossed: 1 datapoint [0.0 (01/06/26 10:55:00)] was less than the threshold (1.0).',
      timestamp: '2026-06-01T11:00:00.000+0000',
    };
    const reasonData = {
      startDate: '2026-06-01T10:54:00.000+0000',
      period: 60,
      threshold: 1,
      recentDatapoints: [2, 0],
    };
    await take(
      'CloudWatch Alarm State Change',
      alarm('ALARM', { configuration, state: { ...state, reasonData: JSON.stringify(reasonData) } }),
    );
    await take(
      'CloudWatch Alarm State Change',
      alarm('ALARM', {
        alarmName: 'shop-prod-cart-cut',
        configuration,
        state: { ...state, reasonData: '{' },
      }),
    );
    expect(world.queued.map(({ event }) => event['customData'])).toEqual([
      { fanfare: { onsetAt: '2026-06-01T10:55:00.000Z' } },
      undefined,
    ]);
  });

  it('told twice is one event', async () => {
    await take('CloudWatch Alarm State Change', alarm('ALARM'));
    await take('CloudWatch Alarm State Change', alarm('ALARM'), { id: 'another delivery' });
    expect(new Set(world.queued.map(({ event: { context } }) => context.id)).size).toBe(1);
  });
});

describe('a stack', () => {
  const stack = (status: string) => ({
    'stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop-prod-cart/8f1f6a90',
    'status-details': { status, 'status-reason': '' },
    'client-request-token': 'operation-1',
  });

  it.each([
    ['CREATE_COMPLETE', 'service.deployed'],
    ['UPDATE_COMPLETE', 'service.upgraded'],
    ['DELETE_COMPLETE', 'service.removed'],
  ])('that is %s is a %s', async (status, type) => {
    await take('CloudFormation Stack Status Change', stack(status));
    expect(told()).toEqual([{ service: 'cart', type, at: '2026-06-01T11:00:00.000Z', environment: 'prod' }]);
  });

  it('whose update fails and goes back was deployed and rolled back', async () => {
    await take('CloudFormation Stack Status Change', stack('UPDATE_ROLLBACK_IN_PROGRESS'));
    await take('CloudFormation Stack Status Change', stack('UPDATE_ROLLBACK_COMPLETE'));
    expect(told().map(({ type }) => type)).toEqual(['service.upgraded', 'service.rolledback']);
  });

  it.each(['ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED', 'IMPORT_COMPLETE', 'REVIEW_IN_PROGRESS'])(
    'that is %s has changed nothing that runs',
    async (status) => {
      await take('CloudFormation Stack Status Change', stack(status));
      expect(world.queued).toEqual([]);
    },
  );

  it('in the middle of something is nothing', async () => {
    await take('CloudFormation Stack Status Change', stack('UPDATE_IN_PROGRESS'));
    expect(world.queued).toEqual([]);
  });

  it('that is nobody’s is a service of its name', async () => {
    await take('CloudFormation Stack Status Change', {
      ...stack('UPDATE_COMPLETE'),
      'stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/CDKToolkit/8f1f6a90',
    });
    expect(world.queued[0]).toMatchObject({ service: 'CDKToolkit', marks: ['unowned'] });
  });
});

describe('a deployment of CodeDeploy', () => {
  const deployment = (state: string, deploymentId = 'd-123456789') => ({
    application: 'shop-prod-cart',
    deploymentGroup: 'all',
    deploymentId,
    state,
    region: 'eu-west-1',
  });
  const deploy = (state: string, id?: string, time?: string): Promise<void> =>
    take(
      'CodeDeploy Deployment State-change Notification',
      deployment(state, id),
      time === undefined ? {} : { time },
    );

  it.each([
    ['START', 'pipelinerun.started'],
    ['SUCCESS', 'service.deployed'],
    ['FAILURE', 'pipelinerun.finished'],
    ['STOP', 'pipelinerun.finished'],
  ])('that is %s is a %s', async (state, type) => {
    await deploy(state);
    expect(told()).toMatchObject([{ service: 'cart', type }]);
  });

  it('that is ready for something else is nothing yet', async () => {
    await deploy('READY');
    expect(world.queued).toEqual([]);
  });

  it('that fails and goes back was a deployment that failed, and not the one before it', async () => {
    world.rollbacks.set('d-3', { failedId: 'd-2', beganMs: Date.parse('2026-06-01T11:04:00Z') });
    await deploy('SUCCESS', 'd-1', '2026-06-01T10:00:00Z');
    await deploy('FAILURE', 'd-2', '2026-06-01T11:03:59Z');
    await deploy('SUCCESS', 'd-3', '2026-06-01T11:06:00Z');
    expect(told()).toEqual([
      { service: 'cart', type: 'service.deployed', at: '2026-06-01T10:00:00.000Z', environment: 'prod' },
      { service: 'cart', type: 'pipelinerun.finished', at: '2026-06-01T11:03:59.000Z' },
      { service: 'cart', type: 'service.deployed', at: '2026-06-01T11:04:00.000Z', environment: 'prod' },
      { service: 'cart', type: 'service.rolledback', at: '2026-06-01T11:06:00.000Z', environment: 'prod' },
    ]);
    expect(
      historyOf(chained(world.queued).map(essenceOf)).deployments.map(({ event, failure }) => [
        event.artifact,
        failure?.restoredMs,
      ]),
    ).toEqual([
      ['pkg:generic/shop-prod-cart@d-1', undefined],
      ['pkg:generic/shop-prod-cart@d-2', Date.parse('2026-06-01T11:06:00Z')],
    ]);
  });

  it('that had succeeded before something went back from it is one deployment', async () => {
    world.rollbacks.set('d-2', { failedId: 'd-1', beganMs: world.now });
    await deploy('SUCCESS', 'd-1');
    await deploy('SUCCESS', 'd-2');
    expect(world.queued.map(({ event }) => event.context.id)).toEqual([
      'codedeploy/d-1/SUCCESS',
      'codedeploy/d-1/SUCCESS',
      'codedeploy/d-2/SUCCESS',
    ]);
  });

  it('goes back from nothing that is known where CodeDeploy does not tell it', async () => {
    world.rollbacks.set('d-2', { failedId: undefined, beganMs: world.now });
    await deploy('SUCCESS', 'd-2');
    expect(told()).toMatchObject([{ type: 'service.rolledback' }]);
  });

  it('is told again later when CodeDeploy cannot be asked what it is', async () => {
    world.isCodeDeployAway = true;
    await expect(deploy('SUCCESS')).rejects.toThrow('CodeDeploy is away');
    expect(world.queued).toEqual([]);
  });
});

describe('a call to Lambda', () => {
  const call = (eventName: string, more: Record<string, unknown> = {}) => ({
    eventSource: 'lambda.amazonaws.com',
    eventName,
    sourceIPAddress: '198.51.100.7',
    requestParameters: {
      functionName: 'arn:aws:lambda:eu-west-1:111122223333:function:shop-prod-cart-add',
      name: 'live',
      functionVersion: '7',
    },
    responseElements: null,
    ...more,
  });

  it('that shifts an alias is an upgrade', async () => {
    await take('AWS API Call via CloudTrail', call('UpdateAlias20150331'));
    expect(told()).toMatchObject([{ service: 'cart', type: 'service.upgraded', environment: 'prod' }]);
    expect(world.queued[0]?.event.subject.content['artifactId']).toBe('pkg:generic/shop-prod-cart-add@7');
  });

  it('that publishes a version makes an artifact', async () => {
    await take(
      'AWS API Call via CloudTrail',
      call('PublishVersion20150331', {
        requestParameters: { functionName: 'shop-prod-cart-add' },
        responseElements: { version: '8' },
      }),
    );
    expect(told()).toMatchObject([{ service: 'cart', type: 'artifact.published' }]);
  });

  it('that gives new code to what has no versions is an upgrade to that code', async () => {
    await take(
      'AWS API Call via CloudTrail',
      call('UpdateFunctionCode20150331v2', {
        requestParameters: { functionName: 'shop-prod-cart-add', dryRun: false },
        responseElements: { version: '$LATEST', codeSha256: 'q+1/=' },
      }),
    );
    expect(world.queued[0]?.event.subject.content['artifactId']).toBe(
      'pkg:generic/shop-prod-cart-add@q%2B1%2F%3D',
    );
  });

  const weighted = (weights: Readonly<Record<string, number>>) => ({
    requestParameters: {
      functionName: 'shop-prod-cart-add',
      name: 'live',
      functionVersion: '7',
      routingConfig: { additionalVersionWeights: weights },
    },
  });

  it('that ends the sharing of an alias is an upgrade', async () => {
    await take('AWS API Call via CloudTrail', call('UpdateAlias20150331', weighted({})));
    expect(told()).toMatchObject([{ type: 'service.upgraded' }]);
  });

  it.each([
    ['failed', { errorCode: 'AccessDenied' }],
    ['was refused before it was read', { requestParameters: null }],
    ['was made by CloudFormation', { sourceIPAddress: 'cloudformation.amazonaws.com' }],
    ['was made by CodeDeploy', { sourceIPAddress: 'codedeploy.amazonaws.com' }],
    ['was only tried', { requestParameters: { functionName: 'shop-prod-cart-add', dryRun: true } }],
    ['gives a version a share of the calls', weighted({ '8': 0.1 })],
  ])('that %s is nothing', async (_, more) => {
    await take('AWS API Call via CloudTrail', call('UpdateFunctionCode20150331v2', more));
    expect(world.queued).toEqual([]);
  });
});

it('what is of no known shape, or cannot be queued, is not forgotten', async () => {
  await expect(takeAws(world.deps, { detail: 1 })).rejects.toThrow('not of the shape');
  world.isQueueAway = true;
  await expect(
    take('CloudFormation Stack Status Change', {
      'stack-id': 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop-prod-cart/8f1f6a90',
      'status-details': { status: 'UPDATE_COMPLETE' },
    }),
  ).rejects.toThrow('SQS is away');
});
