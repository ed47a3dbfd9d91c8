import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSite } from '../../../functions/console/adapters/https-site.ts';
import { lambdaContext } from '../kernel/http-event.ts';
import { scheduledEvent } from '../kernel/scheduled-event.ts';
import { always, LocalServer, never } from '../local-server.ts';

const html = { 'content-type': 'text/html' };
const page = '<!doctype html><script type="module" src="/assets/index.js"></script>';

describe('the probe', () => {
  const written: string[] = [];
  beforeEach(() => {
    vi.resetModules();
    written.length = 0;
    vi.spyOn(console, 'info').mockImplementation((line) => void written.push(String(line)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const probe = async (site: LocalServer): Promise<void> => {
    vi.stubEnv('SITE_URL', site.url);
    const { handler } = await import('../../../functions/console/probe.ts');
    await handler(scheduledEvent, lambdaContext);
  };

  it('loads the page and its script, and says nothing while all is well', async () => {
    await using site = await LocalServer.start(({ path }, response) =>
      path === '/'
        ? response.writeHead(200, html).end(page)
        : response.writeHead(200, { 'content-type': 'text/javascript' }).end('go()'),
    );
    await probe(site);
    expect(site.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /',
      'GET /assets/index.js',
    ]);
    expect(written).toEqual([]);
  });

  it.each([
    ['the page is not there', always(403, 'no', html), 'was answered with 403, not 200.'],
    ['every address is answered with the page', always(200, page, html), 'is text/html, not JavaScript.'],
    [
      'the page is something else',
      always(200, '{}', { 'content-type': 'application/json' }),
      'not text/html.',
    ],
  ])('fails the invocation when %s', async (_case, answer, sentence) => {
    await using site = await LocalServer.start(answer);
    await expect(probe(site)).rejects.toThrow(sentence);
    expect(written).toEqual([]);
  });

  it('does not start without an address', async () => {
    vi.stubEnv('SITE_URL', '');
    await expect(import('../../../functions/console/probe.ts')).rejects.toThrow('SITE_URL');
  });
});

describe('a site', () => {
  it('that does not answer in time is broken', async () => {
    await using site = await LocalServer.start(never);
    await expect(createSite().get(`${site.url}/`, 50)).rejects.toMatchObject({
      name: 'SiteBroken',
      message: `${site.url}/ did not answer in the 50 ms that were left.`,
    });
  });

  it('that does not finish its answer in time is broken', async () => {
    await using site = await LocalServer.start(
      (_request, response) => void response.writeHead(200, html).write('<'),
    );
    await expect(createSite().get(`${site.url}/`, 100)).rejects.toThrow('did not answer in the 100 ms');
  });

  it('that cannot be reached is broken, with the reason', async () => {
    const site = await LocalServer.start(never);
    const { url } = site;
    await site[Symbol.asyncDispose]();
    await expect(createSite().get(url, 1000)).rejects.toThrow(/could not be loaded: .*ECONNREFUSED/u);
  });
});
