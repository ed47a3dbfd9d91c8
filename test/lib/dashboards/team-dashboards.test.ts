import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { promiseDocuments } from '../../../functions/promises.ts';
import { config } from '../../../lib/config.ts';
import { createFanfare } from '../../../lib/fanfare.ts';
import { onceBuilt } from '../../../tools/build.ts';
import { parseTemplate, patience, readTemplate, type Resource, resourcesOf } from '../templates.ts';

let dashboards: Resource[];
beforeAll(async () => {
  dashboards = resourcesOf(await readTemplate('console'), 'AWS::CloudWatch::Dashboard');
}, patience);

const textOf = ({ properties }: Resource): string => JSON.stringify(properties['DashboardBody']);

describe('dashboards', () => {
  it('are one for each team that owns a service, and one for the whole', () => {
    const owners = new Set(promiseDocuments.map(({ team }) => `fanfare-dev-${team}`));
    expect(new Set(dashboards.map(({ properties }) => properties['DashboardName']))).toEqual(
      new Set([...owners, 'fanfare-dev']),
    );
  });

  it('show each promise of the team’s services in words, before traffic, errors, latency, queues and cost', () => {
    for (const { team, product, promises } of promiseDocuments) {
      const dashboard = dashboards.find(
        ({ properties }) => properties['DashboardName'] === `fanfare-dev-${team}`,
      );
      const text = dashboard === undefined ? '' : textOf(dashboard);
      let from = text.indexOf(`# ${product}`);
      for (const { statement } of promises) {
        expect(text.indexOf(statement, from)).toBeGreaterThan(from);
        from = text.indexOf(statement, from);
      }
      for (const title of ['Traffic', 'Errors', 'Latency, p99', 'Cost of Lambda, a day']) {
        expect(text.indexOf(title, from)).toBeGreaterThan(from);
      }
    }
  });

  /** The label of a line in a chart, within JSON as text. */
  const beginning = /label[\\":]+deployed/u;

  it('show where the last deployment begins, when it is known', { timeout: patience }, async () => {
    for (const dashboard of dashboards) {
      expect(textOf(dashboard)).not.toMatch(beginning);
    }
    // A deployment is refused while nobody could sign in.
    Object.assign(config.dev, { signIn: { ...config.dev.signIn, issuer: 'https://id.fanfare.test' } });
    const outdir = await mkdtemp(path.join(tmpdir(), 'fanfare-dashboards-'));
    try {
      await onceBuilt(async () =>
        createFanfare({
          outdir,
          context: { deployedAt: '2026-11-21T16:00:00Z', revision: 'c0ffee' },
        }).synth(),
      );
      const file = path.join(outdir, 'fanfare-dev-console.template.json');
      const text = JSON.stringify(
        resourcesOf(parseTemplate(await readFile(file, 'utf8')), 'AWS::CloudWatch::Dashboard'),
      );
      expect(text).toMatch(beginning);
      expect(text).toContain('deployed c0ffee');
      expect(text).toContain('2026-11-21T16:00:00Z');
    } finally {
      await rm(outdir, { recursive: true });
    }
  });
});
