import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveClient } from '../local/deployment-archive.ts';
import { aDeployment, DeploymentSender } from '../local/deployment-sender.ts';
import { useStage } from '../local/running-stage.ts';
import { launchChromium } from './chromium.ts';
import { ManyServices } from './deployments/many-services.ts';
import { describeSigningIn } from './deployments/signing-in.ts';
import { type StageVisit, visitsOf } from './deployments/visit-stage.ts';
import { seriousFindings } from './editor/axe.ts';

const running = useStage();
let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
});

const hourMs = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString();

function anIncident(service: string, kind: 'detected' | 'resolved', at: string) {
  const deployment = aDeployment(service, { at });
  return {
    context: { ...deployment.context, type: `dev.cdevents.incident.${kind}.0.3.0` },
    subject: {
      id: `${service}-errors`,
      content: { environment: { id: 'production' }, service: { id: service } },
    },
  };
}

/** Sends events of a service and waits until the reports know them. */
async function tell(...events: readonly unknown[]): Promise<void> {
  const sender = new DeploymentSender(running().stage.origin);
  for (const event of events) {
    const { status, body } = await sender.send(event);
    expect(status, JSON.stringify(body)).toBe(202);
  }
}

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { stage } = running();
  return fetch(`${stage.origin}/deployments/${path}`, {
    headers: { authorization: `Bearer ${await stage.token('delivery')}`, ...headers },
  });
}

const untilKnown = (service: string, count: number) =>
  expect
    .poll(
      async () => {
        const answer: { events: unknown[] } = await (await ask(`events?service=${service}`)).json();
        return answer.events.length;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(count);

describe('the reports', { timeout: 60_000 }, () => {
  it('are for people who have signed in: nobody else is told anything', async () => {
    const { stage } = running();
    const plain = await fetch(`${stage.origin}/deployments/services`);
    expect(plain.status).toBe(401);
    expect(plain.headers.get('www-authenticate')).toBe('Bearer');
    const token = await stage.token('delivery');
    const [head, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: 'https://issuer.example', aud: ['fanfare'], exp: 9e9 }));
    for (const bad of ['nonsense', `${head}.${forged.toString('base64url')}.${signature}`, `${token}x`]) {
      expect((await ask('services', { authorization: `Bearer ${bad}` })).status).toBe(401);
    }
    expect((await ask('services')).status).toBe(200);
  });

  it('say what they know once: who has it already is told so', async () => {
    await tell(aDeployment('known'));
    await untilKnown('known', 1);
    const first = await ask('events?service=known');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).not.toBe('');
    const second = await ask('events?service=known', { 'if-none-match': tag });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
  });

  it.each([
    ['metrics?from=yesterday', '/from'],
    ['metrics?from=2026-11-02&to=2026-11-01', '/from'],
    ['metrics?window=hour', '/window'],
    ['metrics?service=a&team=b', '/service'],
    ['events?limit=0', '/limit'],
    ['events?before=nonsense', '/before'],
    ['events?wait=3', '/wait'],
    ['events?colour=red', ''],
    ['environments/production?at=noon', '/at'],
  ])('refuse %s, and say what is wrong', async (path, pointer) => {
    const answer = await ask(path);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const problem: { errors: { pointer: string }[] } = await answer.json();
    expect(problem.errors.map((each) => each.pointer)).toContain(pointer);
  });

  it('do not know what nobody told them', async () => {
    expect((await ask('services/nobody')).status).toBe(404);
    expect((await ask('events/nobody~0000000000000000')).status).toBe(404);
  });

  it('answer whoever waits as soon as something comes in', async () => {
    const start: { cursor: string } = await (await ask('events?after=now')).json();
    const waiting = ask(`events?after=${start.cursor}&wait=20&service=awaited`);
    await tell(aDeployment('other'), aDeployment('awaited'));
    const answer: { events: { service: string }[] } = await (await waiting).json();
    expect(answer.events.map(({ service }) => service)).toEqual(['awaited']);
  });
});

const visitStage = visitsOf(() => browser);
describeSigningIn(() => running().stage, visitStage);

/** A desk with the page open on one service. */
async function open(fragment: string, prepare?: (page: Page) => Promise<unknown>): Promise<StageVisit> {
  const visit = await visitStage();
  await prepare?.(visit.page);
  await visit.page.goto(`${running().stage.origin}/#/deployments${fragment}`);
  return visit;
}

const live = (page: Page): Promise<void> => page.getByText('Live', { exact: true }).waitFor();
const filter = (page: Page, name: 'Team' | 'Service') => page.getByRole('combobox', { name });

describe('the page of deployments', { timeout: 60_000 }, () => {
  it('shows what happened and how well that goes, and an incident the moment it is told', async () => {
    await tell(aDeployment('bakery', { at: ago(30) }), aDeployment('bakery', { at: ago(2) }));
    await untilKnown('bakery', 2);
    await using visit = await open('?service=bakery');
    const { page } = visit;
    const rate = page.locator('.figure-card', { hasText: 'Change fail rate' });
    await rate.getByText('0 %', { exact: true }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    expect(await page.locator('.stream-item').count()).toBe(2);
    await tell(anIncident('bakery', 'detected', ago(1)));
    await page.locator('.stream-item', { hasText: 'Incident bakery-errors' }).waitFor();
    await rate.getByText('50 %', { exact: true }).waitFor();
    const recovery = page.locator('.figure-card', { hasText: 'Failed deployment recovery time' });
    await recovery.getByText('1 still open').waitFor();
    await tell(anIncident('bakery', 'resolved', ago(0.5)));
    await recovery.getByText('1 h 30 min', { exact: true }).waitFor();
    expect(await page.locator('canvas').count()).toBe(3);
    // On a phone too, nothing is beside the window.
    await page.setViewportSize({ width: 360, height: 740 });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  it('opens an event with its place in the archive, and goes from service to service', async () => {
    await tell(aDeployment('florist'));
    await untilKnown('florist', 1);
    await using visit = await open('');
    const { page } = visit;
    await page.locator('.stream-item', { hasText: 'florist' }).getByRole('link').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('number 1 of its service').waitFor();
    await dialog.getByText('the directory does not know this service').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await filter(page, 'Service').fill('flor');
    await page.getByRole('option', { name: 'florist' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/service=florist/u);
    await expect.poll(() => page.locator('.stream-item').count()).toBe(1);
    expect(visit.complaints).toEqual([]);
  });

  it('runs nothing that an event says', async () => {
    const event = aDeployment('mason');
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await tell({
      ...event,
      subject: { id: 'mason', content: { ...event.subject.content, artifactId: `pkg:oci/mason@${hostile}` } },
    });
    await untilKnown('mason', 1);
    await using visit = await open('?service=mason');
    await visit.page.getByText(hostile).first().waitFor();
    expect(await visit.page.title()).toBe('Deployments and incidents · Fanfare');
    expect(visit.complaints).toEqual([]);
  });
});

describe('the records of a service', { timeout: 60_000 }, () => {
  /** Signs where its chain ends, and answers what to do to its records. */
  async function signed(service: string) {
    const { stage } = running();
    const s3 = archiveClient(stage);
    // As noted an hour ago: what is signed is what has settled.
    await s3.send(
      new PutObjectCommand({
        Bucket: stage.bucket('fanfare-dev-deployments/Work'),
        Key: `to-do/unsigned/2026-06-01T12:00:00.000Z/${service}`,
        Body: '-',
      }),
    );
    await stage.function('SignedHeads/SignHeads').invoke({});
    const place = {
      Bucket: stage.bucket('fanfare-dev-deployments/Archive'),
      Key: `chains/${service}/000000000002.ndjson`,
    };
    return async (change: (record: string) => string): Promise<void> => {
      const { Body } = await s3.send(new GetObjectCommand(place));
      const record = (await Body?.transformToString()) ?? '';
      await s3.send(new PutObjectCommand({ ...place, Body: change(record), ChecksumAlgorithm: 'CRC32' }));
      s3.destroy();
    };
  }

  it('are verified on its page, and the first that was changed is named', async () => {
    await tell(...Array.from({ length: 3 }, () => aDeployment('notary')));
    await untilKnown('notary', 3);
    const change = await signed('notary');
    await tell(aDeployment('notary'));
    await untilKnown('notary', 4);
    await using visit = await open('?service=notary');
    const { page } = visit;
    const panel = page.getByRole('region', { name: 'The records of notary' });
    await panel.getByRole('button', { name: 'Verify the records' }).click();
    await panel.getByRole('heading', { name: 'The records are whole.' }).waitFor();
    const text = await panel.innerText();
    expect(text).toMatch(/Records that fit\s+4/u);
    expect(text).toContain('up to number 3, on ');
    expect(text).toMatch(/Not signed yet\s+1: it is done every hour/u);
    expect(text).toContain(':key/');
    expect(await seriousFindings(page)).toEqual([]);
    await change((record) => record.replace('pkg:oci/shop', 'pkg:oci/evil'));
    await panel.getByRole('button', { name: 'Verify again' }).click();
    await panel.getByRole('heading', { name: 'Record 2 does not fit.' }).waitFor();
    await panel.getByText('Its hash is ').waitFor();
    await panel.getByText('chains/notary/000000000002.ndjson').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  it('are verified for people who have signed in only, and from a cursor that was answered', async () => {
    const { stage } = running();
    const path = 'services/notary/audit';
    expect((await fetch(`${stage.origin}/deployments/${path}`)).status).toBe(401);
    expect((await ask(`${path}?after=nonsense`)).status).toBe(400);
    expect((await ask('services/nobody/audit')).status).toBe(404);
  });

  it('that are many are verified piece by piece, and one can stop', async () => {
    const pieces: (string | null)[] = [];
    await using visit = await open('?service=notary', (page) =>
      page.route('**/audit*', async (route) => {
        pieces.push(new URL(route.request().url()).searchParams.get('after'));
        const piece = pieces.length;
        if (piece < 4) {
          await route.fulfill({
            json: {
              service: 'notary',
              state: 'going-on',
              records: piece * 1000,
              statements: { verified: piece * 100, of: 900 },
              signingKey: 'arn:key',
              cursor: `after-${piece}`,
            },
          });
        }
      }),
    );
    const { page } = visit;
    await page.getByRole('button', { name: 'Verify the records' }).click();
    await page.getByText('3000 records so far, 300 of 900 signed statements').waitFor();
    expect(pieces).toEqual([null, 'after-1', 'after-2', 'after-3']);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Verify the records' }).waitFor();
  });
});

describe('an organisation of 3 000 services', { timeout: 60_000 }, () => {
  it('is filtered by typing a part of a name, with the keyboard alone, and no key takes 50 ms', async () => {
    const many = new ManyServices();
    await using visit = await open('', (page) => many.answer(page));
    const { page } = visit;
    await live(page);
    const service = filter(page, 'Service');
    await expect.poll(() => service.getAttribute('placeholder')).toBe('All 3000 services');
    const debug = await page.context().newCDPSession(page);
    // Processor time, which says the same on a machine that others use too.
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busyMs = async (): Promise<number> => {
      const { metrics } = await debug.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    };
    await service.focus();
    const took: number[] = [];
    for (const key of [
      'c',
      'u',
      's',
      't',
      'Backspace',
      'Backspace',
      'Backspace',
      'Backspace',
      'p',
      'a',
      'y',
      'm',
    ]) {
      const before = await busyMs();
      await page.keyboard.press(key);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
      took.push((await busyMs()) - before);
    }
    expect(Math.max(...took), took.map((ms) => ms.toFixed(1)).join(' ')).toBeLessThan(50);
    await page.getByText('250 more: type a part of the name.').waitFor();
    expect(await page.getByRole('option').count()).toBe(50);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.getByRole('option', { selected: true }).innerText()).toContain(
      'customer-005-payments-2',
    );
    await page.keyboard.press('Enter');
    await page.waitForURL(/service=customer-005-payments-2/u);
    await page.getByRole('button', { name: 'Service: All' }).click();
    await filter(page, 'Team').fill('07');
    await page.keyboard.press('Enter');
    await page.waitForURL(/team=team-07$/u);
    await expect.poll(() => service.getAttribute('placeholder')).toBe('All 50 services');
    await service.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('option').count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  it('keeps the page as light as it was, however much comes in', async () => {
    const many = new ManyServices();
    await using visit = await open('', (page) => many.answer(page));
    const { page } = visit;
    await live(page);
    many.figuresAsked = 0;
    for (let flood = 0; flood < 4; flood += 1) {
      await many.happen(500);
    }
    await page.getByText('@1.2100').first().waitFor();
    expect(await page.locator('.stream-item').count()).toBe(300);
    // What had no room is asked for again.
    await page.getByRole('button', { name: 'Show older ones' }).waitFor();
    expect(many.figuresAsked).toBeLessThanOrEqual(2);
  });
});
