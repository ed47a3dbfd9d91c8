import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDeployment, DeploymentSender } from '../local/deployment-sender.ts';
import { useStage } from '../local/running-stage.ts';
import { launchChromium } from './chromium.ts';

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
    expect(problem.errors.map((each) => each.pointer)).toContain(pointer === '' ? '/' : pointer);
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

/** A desk with the page open on one service. */
async function open(fragment: string): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${running().stage.origin}/#/deployments${fragment}`);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

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
    await page.getByLabel('Service').fill('florist');
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
