import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { receiveWebhook } from '../../../../../functions/deployments/domain/intake/receive-webhook.ts';
import { IntakeWorld } from '../../intake-world.ts';

let world: IntakeWorld;
beforeEach(() => {
  world = new IntakeWorld();
});

const secret = 'a current secret';

describe('a webhook of GitLab', () => {
  const project = {
    path_with_namespace: 'acme/site',
    web_url: 'https://gitlab.com/acme/site',
    default_branch: 'main',
  };
  const payload = {
    project,
    deployment_id: 15,
    status: 'success',
    status_changed_at: '2026-06-01 12:00:00 +0200',
    environment: 'production',
    deployable_url: 'https://gitlab.com/acme/site/-/jobs/796',
    short_sha: '279484c0',
  };
  const send = async (event: string, body: unknown, sign: (text: string) => Record<string, string>) => {
    const text = JSON.stringify(body);
    return receiveWebhook(world.deps, 'gitlab', 'lab', {
      headers: { 'content-type': 'application/json', 'x-gitlab-event': event, ...sign(text) },
      body: Buffer.from(text),
    });
  };
  const standard = (seconds: number) => (text: string) => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${createHmac('sha256', secret).update(`msg_1.${seconds}.${text}`).digest('base64')}`,
  });
  const nowSeconds = Date.parse('2026-06-01T12:00:00Z') / 1000;

  it('is a deployment when it succeeded, at its own time', async () => {
    await send('Deployment Hook', payload, standard(nowSeconds));
    expect(world.told()).toEqual([{ service: 'site', type: 'service.deployed', subject: 'site' }]);
    expect(world.queued[0]?.event.context.timestamp).toBe('2026-06-01T10:00:00.000Z');
  });

  it('of a merge, its push and its deployment are in one chain', async () => {
    const commit = '279484c09fbe69ededfced8c1bb6e6d24616b468';
    const token = () => ({ 'x-gitlab-token': secret });
    await send(
      'Merge Request Hook',
      {
        project,
        object_attributes: {
          iid: 1,
          title: 'Faster',
          url: 'https://gitlab.com/acme/site/-/merge_requests/1',
          action: 'merge',
          created_at: '2026-05-30 08:00:00 UTC',
          updated_at: '2026-06-01 08:00:00 UTC',
          merge_commit_sha: commit,
        },
      },
      token,
    );
    await send(
      'Push Hook',
      {
        project,
        ref: 'refs/heads/main',
        after: commit,
        checkout_sha: commit,
        commits: [
          { message: 'Faster', timestamp: '2026-05-30T08:00:00+02:00' },
          {
            message: "Merge branch 'faster' into 'main'\n\nFaster\n\nSee merge request acme/site!1",
            timestamp: '2026-06-01T08:00:00+02:00',
            url: 'https://gitlab.com/acme/site/-/commit/1',
          },
        ],
      },
      token,
    );
    await send('Deployment Hook', payload, token);
    expect(world.told().map(({ subject }) => subject)).toEqual([
      'merge_request/1',
      'merge_request/1',
      'site',
    ]);
    expect(new Set(world.queued.map(({ event }) => event.context.chainId)).size).toBe(1);
  });

  it('of a push that no request asked for is a change of its commit', async () => {
    await send(
      'Push Hook',
      {
        project,
        ref: 'refs/heads/main',
        after: 'c0ffee',
        commits: [{ message: 'Direct', timestamp: '2026-05-30T08:00:00+02:00' }],
      },
      () => ({ 'x-gitlab-token': secret }),
    );
    expect(world.told()).toEqual([{ service: 'site', type: 'change.merged', subject: 'c0ffee' }]);
  });

  it('of pipelines and releases are told', async () => {
    const token = () => ({ 'x-gitlab-token': secret });
    await send(
      'Pipeline Hook',
      {
        project,
        object_attributes: {
          id: 31,
          status: 'failed',
          sha: 'bcbb5ec396a2c0f828686f14fac9b80b780504f2',
          created_at: '2026-06-01 08:00:00 UTC',
          finished_at: '2026-06-01 08:10:00 UTC',
        },
      },
      token,
    );
    await send(
      'Release Hook',
      {
        project,
        id: 1,
        action: 'create',
        tag: 'v1.1',
        url: 'https://gitlab.com/acme/site/-/releases/v1.1',
        released_at: '2026-06-01 08:00:00 UTC',
      },
      token,
    );
    expect(world.told().map(({ type }) => type)).toEqual(['pipelinerun.finished', 'artifact.published']);
  });

  it('with an old time or a wrong token is refused', async () => {
    await expect(send('Deployment Hook', payload, standard(nowSeconds - 600))).rejects.toMatchObject({
      problem: { status: 401, type: '/problems/signature-too-old' },
    });
    await expect(
      send('Deployment Hook', payload, () => ({ 'x-gitlab-token': 'a guess' })),
    ).rejects.toMatchObject({ problem: { status: 401 } });
    expect(world.queued).toEqual([]);
  });
});
