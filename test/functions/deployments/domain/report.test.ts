import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeed } from '../../../../functions/deployments/adapters/redis-feed.ts';
import { createProjection } from '../../../../functions/deployments/adapters/redis-projection.ts';
import { createReportStore } from '../../../../functions/deployments/adapters/redis-report-store.ts';
import { eventIdOf, identityOf } from '../../../../functions/deployments/domain/identity.ts';
import { createReports } from '../../../../functions/deployments/domain/report/create-reports.ts';
import { environmentReport } from '../../../../functions/deployments/domain/report/environment-report.ts';
import { eventDetail } from '../../../../functions/deployments/domain/report/event-detail.ts';
import {
  decodePlace,
  followEvents,
  listEvents,
} from '../../../../functions/deployments/domain/report/event-list.ts';
import { metricsReport } from '../../../../functions/deployments/domain/report/metrics-report.ts';
import { ownersOf } from '../../../../functions/deployments/domain/report/owners.ts';
import type { Feed, ReportStore } from '../../../../functions/deployments/domain/report/ports.ts';
import {
  serviceList,
  serviceReport,
} from '../../../../functions/deployments/domain/report/service-report.ts';
import { timelineReport } from '../../../../functions/deployments/domain/report/timeline-report.ts';
import type { DeploymentEvent } from '../../../../functions/contracts/deployment-event.ts';
import {
  chained,
  deployed,
  detected,
  hours,
  merged,
  minutes,
  resolved,
  rolledBack,
  start,
} from '../histories.ts';
import { startTestRedis, type TestRedis } from '../test-redis.ts';

const isProduction = (environment: string): boolean => environment === 'production';
const owners = ownersOf({
  services: [
    { id: 'shop', team: 'sales', product: 'Store', repositories: [], aws: [], pagerDuty: [], artifacts: [] },
    { id: 'till', team: 'sales', product: 'Store', repositories: [], aws: [], pagerDuty: [], artifacts: [] },
    { id: 'mail', team: 'post', product: 'Post', repositories: [], aws: [], pagerDuty: [], artifacts: [] },
  ],
});

const idOf = ({ service, event }: DeploymentEvent): string => eventIdOf(service, identityOf(event));

const shop = {
  merge: merged(start - hours(2), 'pull-1', { chain: 'work-1' }),
  first: deployed(start, 'v1', { chain: 'work-1', id: 'first' }),
  second: deployed(start + hours(24), 'v2', { id: 'second', links: ['first'] }),
  alarm: detected(start + hours(25), 'alarm'),
  back: rolledBack(start + hours(26), 'v1'),
  over: resolved(start + hours(26) + minutes(2), 'alarm'),
};
const mail = { first: deployed(start + hours(1), 'm1', { service: 'mail', id: 'mail-first' }) };
const stray = { first: deployed(start + hours(2), 's1', { service: 'stray', id: 'stray-first' }) };
const everything = [...Object.values(shop), mail.first, stray.first];

let test: TestRedis;
let store: ReportStore;
let feed: Feed;
beforeAll(async () => {
  test = await startTestRedis();
  store = createReportStore(test.redis);
  feed = createFeed(test.redis, test.redis, store);
  const projection = createProjection(test.redis, isProduction, () => start);
  for (const [service, events] of Map.groupBy(everything, (each) => each.service)) {
    await projection.apply(service, chained(events));
  }
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const wholeTime = { fromMs: start - hours(24 * 30), toMs: start + hours(24 * 30) };
const metrics = async (scope: { service?: string; team?: string } = {}) =>
  known(
    await metricsReport(
      { store, owners, environments: ['production'], counts: isProduction },
      { ...scope, ...wholeTime, window: 'week' },
    ),
  );

function known<Report>(report: Report | undefined): Report {
  if (report === undefined) {
    throw new Error('nobody knows it');
  }
  return report;
}

describe('the reports', () => {
  it('say the same of a service, of a team with one lively service, and in their series', async () => {
    const [one, team] = [await metrics({ service: 'shop' }), await metrics({ team: 'sales' })];
    expect(one.figures.changeFailRate).toMatchObject({ value: 0.5, sample: 2 });
    expect(one.figures.changeLeadTime).toMatchObject({ value: hours(2), sample: 1 });
    expect(one.figures.failedDeploymentRecoveryTime.value).toBe(hours(2) + minutes(2));
    for (const [name, { value, sample, formula }] of Object.entries(team.figures)) {
      expect(one.figures).toMatchObject({ [name]: { value, sample, formula } });
    }
    expect(team.scope).toEqual({ team: 'sales', services: 2 });
    expect(one.series.map(({ values }) => values['deployments']).filter((value) => value !== 0)).toEqual([2]);
    // Weeks begin on Mondays; the first and the last may be shorter.
    expect(one.series.slice(1).every(({ from }) => new Date(from).getUTCDay() === 1)).toBe(true);
    expect(
      one.series.every(
        ({ to }, index) => index === one.series.length - 1 || to === one.series[index + 1]?.from,
      ),
    ).toBe(true);
  });

  it('name the events behind a figure of one service', async () => {
    const { figures } = await metrics({ service: 'shop' });
    expect(figures.changeFailRate.events?.toSorted()).toEqual(
      [shop.second, shop.back, shop.alarm, shop.over].map(idOf).toSorted(),
    );
    expect(figures.changeLeadTime.events?.toSorted()).toEqual([shop.first, shop.merge].map(idOf).toSorted());
  });

  it('add up the whole organisation, with services that nobody owns', async () => {
    const { figures, scope } = await metrics();
    expect(figures.deployments.value).toBe(4);
    expect(scope.services).toBe(3);
  });

  it('tell what ran where now and at any past time', async () => {
    const at = async (ms: number) =>
      Object.fromEntries(
        (await environmentReport(store, owners, 'production', ms)).services.map(({ service, artifact }) => [
          service,
          artifact,
        ]),
      );
    expect(await at(start - 1)).toEqual({});
    expect(await at(start)).toEqual({ shop: 'v1' });
    expect(await at(start + hours(24))).toEqual({ shop: 'v2', mail: 'm1', stray: 's1' });
    expect(await at(start + hours(1000))).toEqual({ shop: 'v1', mail: 'm1', stray: 's1' });
  });

  it('tell the timeline of a service: deployments, incidents that overlap it, and events', async () => {
    const timeline = known(
      await timelineReport(store, owners, 'shop', start + hours(25) + 1, start + hours(26)),
    );
    expect(timeline.incidents).toMatchObject([{ subject: 'alarm', resolved: expect.any(String) }]);
    expect(timeline.deployments).toEqual([]);
    const all = known(await timelineReport(store, owners, 'shop', wholeTime.fromMs, wholeTime.toMs));
    expect(all.deployments).toMatchObject([
      { artifact: 'v1', changes: ['pull-1'], isRework: false },
      { artifact: 'v2', failure: { rolledBackBy: idOf(shop.back), incidents: ['alarm'] } },
    ]);
    expect(all.events).toHaveLength(6);
  });

  it('list events newest first, page by page, each once', async () => {
    const query = { ...wholeTime, limit: 3 };
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(store, owners, {
        ...query,
        ...(cursor === undefined ? {} : { before: decodePlace(cursor) }),
      });
      seen.push(...page.events.map(({ id }) => id));
      ({ cursor } = page);
    } while (cursor !== undefined);
    expect(seen).toEqual(
      everything
        .toSorted((a, b) => Date.parse(b.event.context.timestamp) - Date.parse(a.event.context.timestamp))
        .map(idOf),
    );
  });

  it('list events by service, team, type, environment and chain', async () => {
    const ids = async (query: Partial<Parameters<typeof listEvents>[2]>) =>
      (await listEvents(store, owners, { ...wholeTime, limit: 100, ...query })).events.map(({ id }) => id);
    expect(await ids({ service: 'mail' })).toEqual([idOf(mail.first)]);
    expect(await ids({ team: 'post' })).toEqual([idOf(mail.first)]);
    expect(await ids({ type: 'incident.*' })).toEqual([shop.over, shop.alarm].map(idOf));
    expect(await ids({ chain: 'work-1' })).toEqual([shop.first, shop.merge].map(idOf));
    expect(await ids({ team: 'sales', type: 'service.rolledback' })).toEqual([idOf(shop.back)]);
    expect(await ids({ environment: 'staging' })).toEqual([]);
  });

  it('show an event as the archive has it, with its links both ways', async () => {
    const records = chained(Object.values(shop));
    const reader = {
      get: async (_: string, sequence: number) => records.find((record) => record.sequence === sequence),
    };
    const second = await eventDetail(store, reader, owners, idOf(shop.second));
    expect(second).toMatchObject({ event: shop.second.event, chainPlace: { sequence: 3 }, team: 'sales' });
    expect(second?.linksTo.map(({ id }) => id)).toEqual([idOf(shop.first)]);
    const first = await eventDetail(store, reader, owners, idOf(shop.first));
    expect(first?.linkedFrom.map(({ id }) => id)).toEqual([idOf(shop.second)]);
    expect(first?.sameChain.map(({ id }) => id)).toEqual([idOf(shop.merge)]);
    expect(await eventDetail(store, reader, owners, 'shop~0000000000000000')).toBeUndefined();
    expect(await eventDetail(store, reader, owners, 'nonsense')).toBeUndefined();
  });

  it('list services, owned or not, page by page', async () => {
    const first = await serviceList(store, owners, { limit: 3 });
    expect(first.services.map(({ service }) => service)).toEqual(['mail', 'shop', 'stray']);
    const second = await serviceList(store, owners, { limit: 3, after: first.cursor });
    expect(second).toMatchObject({ services: [{ service: 'till', isOwned: true, open: 0 }] });
    expect(second.cursor).toBeUndefined();
    expect(first.services[2]).toMatchObject({ isOwned: false });
    expect(await serviceReport(store, owners, 'nobody', start)).toBeUndefined();
    expect(await serviceReport(store, owners, 'till', start)).toMatchObject({
      environments: [],
      figures: { changeFailRate: { value: null } },
    });
    expect(await serviceReport(store, owners, 'shop', start + hours(48))).toMatchObject({
      team: 'sales',
      environments: [{ environment: 'production', artifact: 'v1', how: 'rolledback' }],
    });
  });

  it('follow what comes in: at once what is there, and what is new as soon as it is there', async () => {
    const all = await followEvents(feed, owners, {}, '0-0', () => 0);
    // What came in more than an hour ago is no news.
    expect(all.events.map(({ id }) => id)).toEqual(
      everything.filter((each) => each !== shop.merge).map(idOf),
    );
    const waiting = followEvents(feed, owners, { type: 'service.*' }, all.cursor ?? '', () => 20_000);
    const till = [
      detected(start, 'till-alarm', { service: 'till' }),
      deployed(start + hours(1), 't1', { service: 'till' }),
    ];
    const separate = await startTestRedisClient(test);
    await createProjection({ use: (work) => work(separate) }, isProduction, () => start).apply(
      'till',
      chained(till),
    );
    expect((await waiting).events.map(({ type }) => type)).toEqual(['service.deployed']);
    separate.disconnect();
  });
});

describe('who asks', () => {
  const now = start + hours(48);
  const records = chained(Object.values(shop));
  const reports = () =>
    createReports({
      store,
      feed,
      records: {
        get: async (_, sequence) => records.find((record) => record.sequence === sequence),
      },
      directory: async () => owners,
      environments: new Set(['production']),
      clock: () => now,
    });

  it.each<[string, string, (ask: ReturnType<typeof createReports>) => Promise<unknown>]>([
    ['a service', 'unknown-service', (ask) => ask.service('nobody')],
    ['the timeline of a service', 'unknown-service', (ask) => ask.timeline('nobody', {})],
    ['an event', 'unknown-event', (ask) => ask.event('shop~0000000000000000')],
    ['the figures of a service', 'unknown-scope', (ask) => ask.metrics({ service: 'nobody' })],
    ['the figures of a team', 'unknown-scope', (ask) => ask.metrics({ team: 'nobody' })],
    ['the figures of a product', 'unknown-scope', (ask) => ask.metrics({ product: 'nothing' })],
  ])('for %s that nobody knows is told so, and no zeros', async (_, code, question) => {
    await expect(question(reports())).rejects.toMatchObject({
      problem: { status: 404, type: `/problems/${code}` },
    });
  });

  it('for a service of the directory to which nothing has happened is told what is unknown', async () => {
    const time = { from: '2020-01-01', to: '2020-02-01' };
    const { figures } = await reports().metrics({ service: 'till', ...time });
    expect(figures.changeFailRate).toMatchObject({ value: null, unknown: 'nothing-to-measure', events: [] });
    expect(await reports().timeline('till', time)).toMatchObject({ deployments: [], incidents: [] });
  });

  it.each<[string, string, (ask: ReturnType<typeof createReports>) => Promise<unknown>]>([
    ['a window of an hour', '/window', (ask) => ask.metrics({ window: 'hour' })],
    ['figures to before they begin', '/from', (ask) => ask.metrics({ from: '2026-02-01', to: '2026-01-01' })],
    ['a service and its team', '/service', (ask) => ask.metrics({ service: 'shop', team: 'sales' })],
    ['a cursor of its own making', '/before', (ask) => ask.events({ before: '7' }, 0)],
    ['a moment in words', '/from', (ask) => ask.events({ from: 'yesterday' }, 0)],
    ['more than a page', '/limit', (ask) => ask.events({ limit: '501' }, 0)],
    ['waiting for the past', '/wait', (ask) => ask.events({ wait: '20' }, 20)],
    ['something that is not asked here', '', (ask) => ask.services({ colour: 'red' })],
    ['an environment at no time', '/at', (ask) => ask.environment('production', { at: 'noon' })],
  ])('for %s is told what is wrong, and where', async (_, pointer, question) => {
    await expect(question(reports())).rejects.toMatchObject({
      problem: { status: 400, type: '/problems/invalid-query', errors: [{ pointer }] },
    });
  });
});

/** A blocked connection answers nobody else. */
async function startTestRedisClient({ client }: TestRedis) {
  const other = client.duplicate();
  await other.connect();
  return other;
}
