import { beforeEach, describe, expect, it } from 'vitest';
import { receiveWebhook } from '../../../../../functions/deployments/domain/intake/receive-webhook.ts';
import { HttpProblem } from '../../../../../functions/kernel/http-problem.ts';
import { IntakeWorld, sign } from '../../intake-world.ts';

let world: IntakeWorld;
beforeEach(() => {
  world = new IntakeWorld();
});

const secret = 'a current secret';
const sha = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';

const repository = {
  full_name: 'acme/shop',
  html_url: 'https://github.com/acme/shop',
  default_branch: 'main',
};
const pull = {
  number: 12,
  title: 'Faster carts',
  html_url: 'https://github.com/acme/shop/pull/12',
  created_at: '2026-05-30T08:00:00Z',
  updated_at: '2026-06-01T09:00:00Z',
  closed_at: '2026-06-01T09:00:00Z',
  merged_at: '2026-06-01T09:00:00Z',
  merged: true,
  merge_commit_sha: sha,
  head: { sha: 'feedface' },
};
const deployment = {
  id: 7,
  sha,
  task: 'deploy',
  environment: 'production',
  created_at: '2026-06-01T10:00:00Z',
  payload: {},
};

const gitHub = async (event: string, payload: unknown, connection = 'hub') => {
  const text = JSON.stringify(payload);
  return receiveWebhook(world.deps, 'github', connection, {
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${sign(secret, text)}`,
    },
    body: Buffer.from(text),
  });
};
const deploymentStatus = (state: string, more: Record<string, unknown> = {}) => ({
  repository,
  deployment: { ...deployment, ...more },
  deployment_status: { id: 70, state, created_at: '2026-06-01T10:05:00Z', log_url: '', target_url: '' },
});

describe('a webhook of GitHub', () => {
  it('of a successful deployment is a deployment of each service of the repository, with the original', async () => {
    await gitHub('deployment_status', deploymentStatus('success'));
    expect(world.told()).toEqual([
      { service: 'cart', type: 'service.deployed', subject: 'cart' },
      { service: 'checkout', type: 'service.deployed', subject: 'checkout' },
    ]);
    const [first, second] = world.queued;
    expect(first?.event.subject.content).toEqual({
      environment: { id: 'production' },
      artifactId: `pkg:github/acme/shop@${sha}`,
    });
    expect(first?.event.context.id).not.toBe(second?.event.context.id);
    expect(JSON.parse(first?.original?.body ?? '')).toEqual(deploymentStatus('success'));
    expect(first?.received).toMatchObject({ via: 'github', connection: 'hub' });
  });

  it('of a deployment whose payload names a service is of that one', async () => {
    await gitHub('deployment_status', deploymentStatus('success', { payload: '{"service": "checkout"}' }));
    expect(world.told().map(({ service }) => service)).toEqual(['checkout']);
  });

  it.each([
    ['task', { task: 'rollback' }],
    ['payload', { payload: { rollback: true } }],
  ])('of a deployment whose %s says so is a rollback', async (_, more) => {
    await gitHub('deployment_status', deploymentStatus('success', more));
    expect(world.told()[0]?.type).toBe('service.rolledback');
  });

  it.each([
    ['in_progress', 'pipelinerun.started'],
    ['failure', 'pipelinerun.finished'],
    ['error', 'pipelinerun.finished'],
  ])('of a deployment that is %s is a pipeline’s', async (state, type) => {
    await gitHub('deployment_status', deploymentStatus(state));
    expect(world.told()[0]).toMatchObject({ type, subject: 'deployment/7' });
  });

  it('of a merged pull request and of its push tell of one change, in the chain of its deployment', async () => {
    await gitHub('pull_request', { action: 'closed', repository, pull_request: pull });
    await gitHub('push', {
      ref: 'refs/heads/main',
      after: sha,
      repository,
      head_commit: { message: 'Faster carts (#12)\n\nand more', timestamp: '2026-06-01T11:00:00+02:00' },
      commits: [{ timestamp: '2026-05-29T10:00:00+02:00', modified: ['services/cart/index.ts'] }],
    });
    await gitHub('deployment_status', deploymentStatus('success', { payload: { service: 'cart' } }));
    const ofCart = world.queued.filter(({ service }) => service === 'cart');
    expect(world.told().filter(({ service }) => service === 'cart')).toEqual([
      { service: 'cart', type: 'change.merged', subject: 'pull/12' },
      { service: 'cart', type: 'change.merged', subject: 'pull/12' },
      { service: 'cart', type: 'service.deployed', subject: 'cart' },
    ]);
    expect(new Set(ofCart.map(({ event }) => event.context.chainId)).size).toBe(1);
    expect(ofCart[0]?.event.context.chainId).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
    expect(ofCart[1]?.event['customData']).toEqual({
      fanfare: { committedAt: '2026-05-29T08:00:00.000Z' },
    });
  });

  it('of a push concerns the services whose files changed', async () => {
    await gitHub('push', {
      ref: 'refs/heads/main',
      after: sha,
      repository,
      head_commit: { message: 'Direct', timestamp: '2026-06-01T11:00:00Z' },
      commits: [{ timestamp: '2026-06-01T10:00:00Z', modified: ['services/cart/index.ts'] }],
    });
    expect(world.told()).toEqual([{ service: 'cart', type: 'change.merged', subject: sha }]);
  });

  it.each([
    ['opened', false, 'change.created'],
    ['synchronize', false, 'change.updated'],
    ['closed', false, 'change.abandoned'],
  ])('of a pull request that is %s is that of a change', async (action, merged, type) => {
    await gitHub('pull_request', { action, repository, pull_request: { ...pull, merged } });
    expect(world.told()[0]?.type).toBe(type);
  });

  it('of a review, a workflow and a release are told too', async () => {
    await gitHub('pull_request_review', {
      action: 'submitted',
      repository,
      pull_request: pull,
      review: {
        id: 5,
        submitted_at: '2026-06-01T08:00:00Z',
        html_url: 'https://github.com/acme/shop/pull/12#r5',
      },
    });
    await gitHub('workflow_run', {
      action: 'completed',
      repository,
      workflow_run: {
        id: 9,
        name: 'CI',
        html_url: 'https://github.com/acme/shop/actions/runs/9',
        head_sha: sha,
        conclusion: 'timed_out',
        created_at: '2026-06-01T08:00:00Z',
        updated_at: '2026-06-01T08:10:00Z',
      },
    });
    await gitHub('release', {
      action: 'published',
      repository,
      release: {
        id: 3,
        tag_name: 'v1.0',
        html_url: 'https://github.com/acme/shop/releases/v1.0',
        published_at: '2026-06-01T08:00:00Z',
        author: { login: 'kim' },
      },
    });
    expect(
      world
        .told()
        .filter(({ service }) => service === 'cart')
        .map(({ type }) => type),
    ).toEqual(['change.reviewed', 'pipelinerun.finished', 'artifact.published']);
  });

  it('told twice is one event', async () => {
    await gitHub('deployment_status', deploymentStatus('success'));
    await gitHub('deployment_status', deploymentStatus('success'));
    expect(new Set(world.queued.map(({ event }) => event.context.id)).size).toBe(2);
    expect(world.queued).toHaveLength(4);
  });

  it('from which nothing follows is answered so', async () => {
    expect(await gitHub('star', { action: 'created' })).toEqual({
      accepted: [],
      ignored: 'Nothing follows from the event star.',
    });
  });

  it('of a repository that nobody has is of a service named after it', async () => {
    const other = { ...repository, full_name: 'acme/other', html_url: 'https://github.com/acme/other' };
    await gitHub('deployment', { repository: other, deployment });
    expect(world.queued[0]).toMatchObject({
      service: expect.stringMatching(/^acme-other-[0-9a-f]{8}$/u),
      marks: ['unowned'],
    });
  });

  it('may only tell of the services of its connection', async () => {
    await gitHub('deployment_status', deploymentStatus('success'), 'cart-hub');
    expect(world.told().map(({ service }) => service)).toEqual(['cart']);
    world.queued.length = 0;
    await expect(
      gitHub(
        'deployment_status',
        deploymentStatus('success', { payload: { service: 'checkout' } }),
        'cart-hub',
      ),
    ).rejects.toMatchObject({ problem: { status: 403 } });
    expect(world.queued).toEqual([]);
  });

  it.each([
    ['with a wrong signature', { 'x-hub-signature-256': 'sha256=00' }, '{}', 401],
    [
      'with the old SHA-1 alone',
      { 'x-hub-signature-256': undefined, 'x-hub-signature': 'sha1=00' },
      '{}',
      401,
    ],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'payload=%7B%7D', 415],
    ['of a shape that GitHub does not send', { 'x-github-event': 'push' }, '{"ref": 1}', 422],
  ])('%s is refused', async (_, headers: Record<string, string | undefined>, body, status) => {
    const sent = receiveWebhook(world.deps, 'github', 'hub', {
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${sign(secret, body)}`,
        ...headers,
      },
      body: Buffer.from(body),
    });
    await expect(sent).rejects.toThrow(HttpProblem);
    await expect(sent).rejects.toMatchObject({ problem: { status } });
  });
});

describe('a webhook of PagerDuty', () => {
  const send = async (type: string, signature?: string) => {
    const text = JSON.stringify({
      event: {
        id: `01${type}`,
        event_type: type,
        occurred_at: '2026-06-01T11:00:00Z',
        data: {
          id: 'PGR0VU2',
          title: 'Carts are slow',
          html_url: 'https://acme.pagerduty.com/incidents/PGR0VU2',
          created_at: '2026-06-01T10:59:00Z',
          service: { id: 'PCART', summary: 'Cart service' },
        },
      },
    });
    return receiveWebhook(world.deps, 'pagerduty', 'duty', {
      headers: {
        'content-type': 'application/json',
        'x-pagerduty-signature': signature ?? `v1=00,v1=${sign(secret, text)}`,
      },
      body: Buffer.from(text),
    });
  };

  it('tells of an incident from its detection to its resolution', async () => {
    for (const type of ['incident.triggered', 'incident.acknowledged', 'incident.resolved']) {
      await send(type);
    }
    expect(world.told()).toEqual([
      { service: 'cart', type: 'incident.detected', subject: 'PGR0VU2' },
      {
        service: 'cart',
        type: 'dev.cdeventsx.pagerduty-incident.acknowledged.0.1.0',
        subject: 'PGR0VU2',
      },
      { service: 'cart', type: 'incident.resolved', subject: 'PGR0VU2' },
    ]);
    expect(world.queued[0]?.event.subject.content).toEqual({
      environment: { id: 'live' },
      description: 'Carts are slow',
      service: { id: 'cart' },
    });
    expect(world.queued[0]?.event['customData']).toMatchObject({
      fanfare: { onsetAt: '2026-06-01T10:59:00.000Z' },
    });
  });

  it('with no signature of ours is refused', async () => {
    await expect(send('incident.triggered', 'v1=00')).rejects.toMatchObject({ problem: { status: 401 } });
  });
});
