import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { archivedEvent, type ArchivedEvent } from '../../functions/contracts/deployment-event.ts';
import { chainStart, headOf, misfit } from '../../functions/deployments/domain/chain.ts';
import { aDeployment, DeploymentSender } from './deployment-sender.ts';
import { useStage } from './running-stage.ts';

const running = useStage();

/** What the archive has of a service, in the order of its chain. */
async function archived(service: string): Promise<ArchivedEvent[]> {
  const { stage } = running();
  const bucket = stage.bucket('fanfare-dev-deployments/Archive');
  const s3 = new S3Client({
    endpoint: stage.endpoints.s3,
    region: stage.region,
    credentials: stage.credentials,
    forcePathStyle: true,
  });
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: `chains/${service}/` }),
  );
  const bodies = await Promise.all(
    Contents.map(async ({ Key }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    }),
  );
  s3.destroy();
  return bodies.map((body) => archivedEvent.parse(JSON.parse(body)));
}

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
