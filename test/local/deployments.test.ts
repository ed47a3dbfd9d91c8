import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ArchivedEvent } from '../../functions/contracts/deployment-event.ts';
import { problemSchema } from '../../functions/contracts/problem.ts';
import { chainStart, headOf, misfit } from '../../functions/deployments/domain/chain.ts';
import { localConnectionSecret, previousConnectionSecret } from '../../local/secrets/made-up-secrets.ts';
import { redriveQueue } from '../../tools/redrive/redrive-queue.ts';
import { askReports, questions, refusedQuestions } from './ask-reports.ts';
import { archiveClient, archivedOf } from './deployment-archive.ts';
import { badRequests } from './deployment-bad-input.ts';
import { confineGitLab, deploymentOfAnother } from './deployment-directory.ts';
import { signHeadsOf } from './deployment-heads.ts';
import { aDeployment, DeploymentSender, sign } from './deployment-sender.ts';
import { runAudit } from './run-audit.ts';
import { useStage } from './running-stage.ts';
import { waitingMessages } from './waiting-messages.ts';

const running = useStage(confineGitLab);

/** Of what a list of events answers. */
const listed = z.object({ events: z.array(z.object({ id: z.string() })) });

const client = (): S3Client => archiveClient(running().stage);
const archived = async (service: string): Promise<ArchivedEvent[]> => archivedOf(running().stage, service);
const audit = async (...more: readonly string[]) => runAudit(running().stage, more);

async function untilArchived(service: string, count: number): Promise<ArchivedEvent[]> {
  await expect.poll(() => archived(service), { timeout: 20_000, interval: 100 }).toHaveLength(count);
  return archived(service);
}

describe('an event that is sent', () => {
  it('is answered with its id, and lies in the archive of its service', async () => {
    const sender = new DeploymentSender(running().stage.origin);
    const event = aDeployment('shop');
    const answer = await sender.send(event);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    expect(answer.body).toEqual({
      accepted: [
        { index: 0, id: expect.stringMatching(/^shop~[\w-]{16}$/u), service: 'shop', marks: ['unowned'] },
      ],
      refused: [],
    });
    const [record] = await untilArchived('shop', 1);
    expect(record?.event).toEqual(event);
    expect(record?.received).toMatchObject({ via: 'cdevents', connection: 'ci' });
  });

  it('is chained to the one before it, and archived once however often it is sent', async () => {
    const sender = new DeploymentSender(running().stage.origin);
    const events = [aDeployment('cart'), aDeployment('cart'), aDeployment('cart')];
    for (const event of [...events, ...events]) {
      expect((await sender.send(event)).status).toBe(202);
    }
    const last = aDeployment('cart');
    await sender.send(last);
    const records = await untilArchived('cart', 4);
    let head = chainStart;
    for (const record of records) {
      expect(misfit(head, record)).toBeUndefined();
      head = headOf(record);
    }
    expect(records.map(({ event }) => event.context.id)).toEqual(
      [...events, last].map(({ context }) => context.id),
    );
  });
});

describe('what a tool tells by webhook', () => {
  it('is a deployment of the service whose repository it is', async () => {
    const { stage } = running();
    const body = JSON.stringify({
      repository: {
        full_name: 'fanfare/fanfare',
        html_url: 'https://github.com/fanfare/fanfare',
        default_branch: 'main',
      },
      deployment: {
        id: 1,
        sha: 'c0ffee',
        task: 'deploy',
        environment: 'dev',
        created_at: '2026-06-01T10:00:00Z',
        payload: { service: 'studio' },
      },
      deployment_status: { id: 2, state: 'success', created_at: '2026-06-01T10:05:00Z' },
    });
    const answer = await new DeploymentSender(stage.origin).post(
      '/deployments/webhooks/github/github',
      body,
      {
        'content-type': 'application/json',
        'x-github-event': 'deployment_status',
        'x-hub-signature-256': `sha256=${sign(localConnectionSecret('github'), body)}`,
      },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    const [record] = await untilArchived('studio', 1);
    expect(record?.event.context.type).toBe('dev.cdevents.service.deployed.0.3.0');
    expect(record?.original?.body).toBe(body);
  });
});

describe('what is sent wrongly', () => {
  it.each(badRequests)('is refused, with what is wrong: %s', async (_, { headers, body, ...expected }) => {
    const answer = await new DeploymentSender(running().stage.origin).send(body, headers);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem = problemSchema.parse(answer.body);
    expect(problem).toMatchObject({ status: answer.status, type: `/problems/${expected.code}` });
    expect([answer.status, problem.errors?.[0]?.pointer]).toEqual([expected.status, expected.pointer]);
  });

  it('does not take the good events of its batch with it, which are named', async () => {
    const sender = new DeploymentSender(running().stage.origin);
    const good = aDeployment('basket');
    const inBatch = (data: unknown) => ({
      specversion: '1.0',
      id: good.context.id,
      source: good.context.source,
      type: good.context.type,
      data,
    });
    const huge = inBatch({ ...good, customData: { text: 'x'.repeat(256 * 1024) } });
    const answer = await sender.send([inBatch({ ...good, surplus: 1 }), huge, inBatch(good)], {
      'content-type': 'application/cloudevents-batch+json',
    });
    expect(answer).toMatchObject({
      status: 202,
      body: {
        accepted: [{ index: 2, id: expect.stringMatching(/^basket~/u), service: 'basket' }],
        refused: [
          { index: 0, errors: [{ pointer: '' }] },
          { index: 1, errors: [{ detail: 'an event may have 262144 bytes' }] },
        ],
      },
    });
    expect((await untilArchived('basket', 1)).map(({ event }) => event)).toEqual([good]);
  });

  it('is nothing that is signed with the secret before, while that is valid', async () => {
    const body = JSON.stringify(aDeployment('rotated'));
    const answer = await new DeploymentSender(running().stage.origin).send(body, {
      'x-fanfare-signature': `sha256=${sign(previousConnectionSecret('ci'), body)}`,
    });
    expect(answer.status).toBe(202);
  });

  it('is what a connection tells of a service that is not its own', async () => {
    const answer = await new DeploymentSender(running().stage.origin).post(
      '/deployments/webhooks/gitlab/gitlab',
      deploymentOfAnother,
      {
        'content-type': 'application/json',
        'x-gitlab-event': 'Deployment Hook',
        'x-gitlab-token': localConnectionSecret('gitlab'),
      },
    );
    expect(answer).toMatchObject({ status: 403, body: { type: '/problems/not-your-service' } });
  });

  it('is nothing that can be told while secrets cannot be read', async () => {
    const { stage, metric } = running();
    stage.faults.secretsDown();
    // Nobody has sent as this connection yet: its secret is not known.
    const answer = await new DeploymentSender(stage.origin).post(
      '/deployments/webhooks/pagerduty/pagerduty',
      '{}',
      { 'content-type': 'application/json', 'x-pagerduty-signature': 'v1=00' },
    );
    stage.faults.secretsUp();
    expect(answer).toMatchObject({ status: 503, body: { type: '/problems/temporarily-unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('30');
    await expect.poll(() => metric('Receive', 'SecretMissed')).toBe(1);
  });
});

describe('what is remarkable', () => {
  it('is taken in with a mark, and shown: clocks that are wrong, and services that nobody owns', async () => {
    const { stage } = running();
    const sender = new DeploymentSender(stage.origin);
    const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
    for (const event of [
      aDeployment('stray', { at: at(60 * 60_000) }),
      aDeployment('stray', { at: '2019-01-01T00:00:00Z' }),
    ]) {
      expect((await sender.send(event)).status).toBe(202);
    }
    await expect
      .poll(async () => Reflect.get(Object(await asked('/deployments/services/stray')), 'isOwned'), {
        timeout: 20_000,
      })
      .toBe(false);
    expect((await untilArchived('stray', 2)).map(({ marks }) => marks)).toEqual([
      ['future', 'unowned'],
      ['ancient', 'unowned'],
    ]);
    expect(await asked('/deployments/events?service=stray')).toMatchObject({
      events: [{ marks: ['future', 'unowned'] }],
    });
  });
});

const ask = async (path: string, headers?: Readonly<Record<string, string>>): Promise<Response> =>
  askReports(running().stage, path, headers);
const asked = async (path: string): Promise<unknown> => (await ask(path)).json();

describe('reports', () => {
  it.each(questions)('are answered once, and then as what the asker has already: %s', async (path) => {
    const first = await ask(path);
    expect(first.status).toBe(200);
    const again = await ask(path, { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('are for people who have signed in', async () => {
    for (const authorization of ['', 'Bearer made.up.token']) {
      const answer = await fetch(`${running().stage.origin}/deployments/metrics`, {
        headers: { authorization },
      });
      expect(answer.status).toBe(401);
    }
  });

  it.each(refusedQuestions)('answer %s with %i, and say why', async (path, status, code) => {
    expect(await asked(path)).toMatchObject({ status, type: `/problems/${code}` });
  });
});

describe('what AWS tells', () => {
  it('of a stack is a deployment of its service, without a line of code there', async () => {
    const { stage } = running();
    stage.events.put({
      'detail-type': 'CloudFormation Stack Status Change',
      source: 'aws.cloudformation',
      time: '2026-06-01T12:00:00Z',
      resources: [],
      detail: {
        'stack-id': `arn:aws:cloudformation:${stage.region}:000000000000:stack/fanfare-dev-personalise/1`,
        'status-details': { status: 'UPDATE_COMPLETE' },
        'client-request-token': 'operation-1',
      },
    });
    const [record] = await untilArchived('personalise', 1);
    expect(record).toMatchObject({
      event: {
        context: { type: 'dev.cdevents.service.upgraded.0.3.0' },
        subject: { id: 'personalise', content: { environment: { id: 'dev' } } },
      },
      received: { via: 'aws' },
      marks: [],
    });
  });
});

describe('without Redis', () => {
  it('events are archived all the same; once it is back, empty, reports say so until all is made again', async () => {
    const { stage } = running();
    const sender = new DeploymentSender(stage.origin);
    const quiet = aDeployment('quiet');
    await sender.send(quiet);
    await untilArchived('quiet', 1);
    const list = async (service: string): Promise<Response> => ask(`/deployments/events?service=${service}`);
    const idsOf = async (answer: Response): Promise<string[]> => {
      const { events: found } = listed.parse(await answer.json());
      return found.map(({ id }) => id);
    };
    await expect.poll(async () => (await list('quiet')).status, { timeout: 20_000 }).toBe(200);
    const before = await idsOf(await list('quiet'));
    expect(before).toHaveLength(1);
    // Nobody makes it again before the test has seen that it is missing.
    stage.faults.failFunction('CatchUp');
    await stage.faults.redisDown();
    const events = [aDeployment('till'), aDeployment('till')];
    for (const event of [...events, ...events]) {
      expect((await sender.send(event)).status).toBe(202);
    }
    await untilArchived('till', 2);
    const away = await list('quiet');
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5']);
    await stage.faults.redisUp();
    await sender.send(aDeployment('till'));
    await untilArchived('till', 3);
    const refused = await list('quiet');
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.json()).toMatchObject({ type: '/problems/being-rebuilt' });
    stage.faults.healFunction('CatchUp');
    await stage.function('CatchUp').invoke({});
    // It had no event since: nothing but the archive tells of it.
    expect(await idsOf(await list('quiet'))).toEqual(before);
    expect(await idsOf(await list('till'))).toHaveLength(3);
  });
});

describe('events that cannot be recorded', () => {
  it('are set aside in their order, let later ones pass, and come back in their order by a redrive', async () => {
    const { stage } = running();
    const sender = new DeploymentSender(stage.origin);
    const { endpoints, region, credentials } = stage;
    const sqs = new SQSClient({ endpoint: endpoints.sqs, region, credentials });
    // More than a batch.
    const barges = Array.from({ length: 12 }, () => aDeployment('barge'));
    const ferries = Array.from({ length: 3 }, () => aDeployment('ferry'));
    stage.faults.failFunction('Record');
    for (const event of [...barges, ...ferries]) {
      expect((await sender.send(event)).status).toBe(202);
    }
    await expect
      .poll(
        async () => {
          await stage.faults.elapseVisibility();
          return waitingMessages(sqs, stage.queueUrl('RecordQueue/Queue'));
        },
        { timeout: 60_000, interval: 100 },
      )
      .toBe(0);
    stage.faults.healFunction('Record');
    const later = aDeployment('barge');
    await sender.send(later);
    await untilArchived('barge', 1);
    const { RecordDeadLettersArn = '' } = stage.outputs['fanfare-dev-deployments'] ?? {};
    // The stage tells of its own alarms meanwhile, which are set aside with them.
    expect(await redriveQueue(sqs, RecordDeadLettersArn)).toBeGreaterThanOrEqual(15);
    sqs.destroy();
    const idsOf = (records: readonly ArchivedEvent[]) => records.map(({ event }) => event.context.id);
    expect(idsOf(await untilArchived('barge', 13))).toEqual(
      [later, ...barges].map(({ context }) => context.id),
    );
    expect(idsOf(await untilArchived('ferry', 3))).toEqual(ferries.map(({ context }) => context.id));
  }, 90_000);
});

describe('the audit', () => {
  it('believes what was signed, and finds what was changed', async () => {
    const { stage } = running();
    const sender = new DeploymentSender(stage.origin);
    await sender.send(aDeployment('vault'));
    await sender.send(aDeployment('vault'));
    await untilArchived('vault', 2);
    await signHeadsOf(running().stage, 'vault');
    expect(await audit('--service', 'vault')).toEqual({
      code: 0,
      output: expect.stringContaining(
        'The archive is whole: 2 records of 1 service, 1 signed statement of heads',
      ),
    });
    const [, second] = await archived('vault');
    const s3 = client();
    await s3.send(
      new PutObjectCommand({
        Bucket: stage.bucket('fanfare-dev-deployments/Archive'),
        Key: 'chains/vault/000000000002.ndjson',
        Body: `${JSON.stringify({ ...second, marks: [] })}\n`,
        ChecksumAlgorithm: 'CRC32',
      }),
    );
    s3.destroy();
    expect(await audit('--service', 'vault')).toEqual({
      code: 1,
      output: expect.stringContaining('vault: record 2 does not fit'),
    });
  });

  it('compares packs of what was signed with the records, and names the one that was changed', async () => {
    const { stage } = running();
    const count = 50;
    const batch = Array.from({ length: count }, () => aDeployment('crate'));
    const answer = await new DeploymentSender(stage.origin).send(
      batch.map((data) => ({
        specversion: '1.0',
        id: data.context.id,
        source: data.context.source,
        type: data.context.type,
        subject: data.subject.id,
        time: data.context.timestamp,
        data,
      })),
      { 'content-type': 'application/cloudevents-batch+json' },
    );
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    await untilArchived('crate', count);
    await signHeadsOf(running().stage, 'crate');
    await stage.function('PackedChains/PackChains').invoke({});
    expect(await audit('--service', 'crate')).toEqual({
      code: 0,
      output: expect.stringMatching(/whole: 50 records of 1 service, .*; 1 pack\./u),
    });
    const s3 = client();
    const pack = {
      Bucket: stage.bucket('fanfare-dev-deployments/Archive'),
      Key: 'packs/crate/000000000001-000000000050.ndjson',
    };
    const { Body } = await s3.send(new GetObjectCommand(pack));
    const lines = (await Body?.transformToString())?.split('\n') ?? [];
    expect(lines).toHaveLength(count + 1);
    const forged = lines.with(6, (lines[6] ?? '').replace('production', 'elsewhere')).join('\n');
    await s3.send(new PutObjectCommand({ ...pack, Body: forged, ChecksumAlgorithm: 'CRC32' }));
    s3.destroy();
    expect(await audit('--service', 'crate')).toEqual({
      code: 1,
      output: expect.stringContaining(
        `crate: record 7 does not fit: its pack has another. It lies at ${pack.Key}.`,
      ),
    });
  });

  it('needs the checksum with which S3 writes to a locked bucket', async () => {
    const s3 = client();
    await expect(
      s3.send(
        new PutObjectCommand({
          Bucket: running().stage.bucket('fanfare-dev-deployments/Archive'),
          Key: 'chains/vault/000000000009.ndjson',
          Body: '-',
        }),
      ),
    ).rejects.toThrow('required for Put Object requests with Object Lock');
    s3.destroy();
  });
});
